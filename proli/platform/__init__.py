"""What every domain stands on. Knows nothing about the business."""
