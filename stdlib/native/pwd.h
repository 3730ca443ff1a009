// pwd.h - the module pwd: the password database.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(pwd, "This module provides access to the Unix password database.\nIt is available on all Unix versions.\n\n"
                "Password database entries are reported as 7-tuples containing the following\nitems from the password database (see `<pwd.h>'), in order:\n"
                "pw_name, pw_passwd, pw_uid, pw_gid, pw_gecos, pw_dir, pw_shell.");

extern "C" {
KRT_MODULE_INIT(pwd) bool krt_pwd_init(Module *module);
/// Return the entry of a user, by number.
KRT_FUNCTION(pwd, "getpwuid(uidobj, /)", KRT_RUNS_PY) Value krt_pwd_getpwuid_py(Value uid);
/// Return the entry of a user, by name.
KRT_FUNCTION(pwd, "getpwnam(name, /)", KRT_RUNS_PY) Value krt_pwd_getpwnam_py(Str *name);
/// Return all entries, in arbitrary order.
KRT_FUNCTION(pwd, "getpwall()", KRT_RUNS_PY) Value krt_pwd_getpwall_py();
}

} // namespace krait
