from . import version
from .sub import leaf

NAME = "lazy " + version + " " + leaf.up
