// spwd.h - the module spwd: the database of shadow passwords.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(spwd, "The Unix shadow password database, which only root can read.\n\nEntries are 9-tuples of "
                 "type struct_spwd:\n"
                 "sp_namp, sp_pwdp, sp_lstchg, sp_min, sp_max, sp_warn, sp_inact, sp_expire, sp_flag.");

extern "C" {
KRT_MODULE_INIT(spwd) bool krt_spwd_init(Module *module);
/// Return the shadow password database entry for the given user name.
///
/// See `help(spwd)` for more on shadow password database entries.
KRT_FUNCTION(spwd, "getspnam(arg, /)", KRT_RUNS_PY) Value krt_spwd_getspnam_py(Str *name);
/// Return a list of all available shadow password database entries, in arbitrary order.
///
/// See `help(spwd)` for more on shadow password database entries.
KRT_FUNCTION(spwd, "getspall()", KRT_RUNS_PY) Value krt_spwd_getspall_py();
}

} // namespace krait
