"""When each invest to save breaks even and pays back."""
