__all__ = ["exported"]
exported = "exported"
hidden = "hidden"
_private = "private"
