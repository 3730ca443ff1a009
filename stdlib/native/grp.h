// grp.h - the module grp: the group database.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(grp, "Access to the Unix group database.\n\nGroup entries are reported as 4-tuples containing the following fields\n"
                "from the group database, in order:\n\n  name   - name of the group\n  passwd - group password (encrypted); often empty\n"
                "  gid    - numeric ID of the group\n  mem    - list of members\n\n"
                "The gid is an integer, name and password are strings.  (Note that most\nusers are not explicitly listed as members of the groups they are in\n"
                "according to the password database.  Check both databases to get\ncomplete membership information.)");

extern "C" {
KRT_MODULE_INIT(grp) bool krt_grp_init(Module *module);
/// Return the entry of a group, by number.
KRT_FUNCTION(grp, "getgrgid(id)", KRT_RUNS_PY) Value krt_grp_getgrgid_py(Value id);
/// Return the entry of a group, by name.
KRT_FUNCTION(grp, "getgrnam(name)", KRT_RUNS_PY) Value krt_grp_getgrnam_py(Str *name);
/// Return all entries, in arbitrary order.
KRT_FUNCTION(grp, "getgrall()", KRT_RUNS_PY) Value krt_grp_getgrall_py();
}

} // namespace krait
