"""Tests of casting: any printed table, added up without being told its layout."""
