"""What looks, time and again, for whatever was left lying, and sees to it."""
