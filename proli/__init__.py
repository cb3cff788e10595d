"""Proli: an open AI front desk for businesses that live on WhatsApp and the phone."""

__version__ = "0.1.0"
