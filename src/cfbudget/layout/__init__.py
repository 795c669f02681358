"""What is shown, before anybody shows it: tables, grids and pages of them."""
