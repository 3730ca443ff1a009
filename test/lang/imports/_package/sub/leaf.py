from .. import version as parent_version
from . import exported

up = "%s from %s" % (exported, parent_version)
