// _decimal.h - the module _decimal: decimal arithmetic after the General Decimal Arithmetic specification.
//
// _decimal_limbs, _number, _compare, _digits, _functions and _text know no Python objects; _decimal_class, _convert, _format and
// _context put classes around them.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_decimal, "Decimal fixed-point and floating-point arithmetic.");

extern "C" {
extern Class krt_decimal_class, krt_decimal_context_class, krt_signal_dict_mixin_class, krt_decimal_manager_class;
KRT_MODULE_INIT(_decimal, KRT_RUNS_PY) bool krt__decimal_init(Module *module);

/// The context that operations of this thread use now.
KRT_FUNCTION(_decimal, "getcontext()", KRT_RAISES, KRT_COLLECTS) Value krt__decimal_getcontext();
/// Make a context the one that operations of this thread use.
KRT_FUNCTION(_decimal, "setcontext(context, /)", KRT_RAISES, KRT_COLLECTS) Value krt__decimal_setcontext(Value context);
/// A context manager: inside the with statement a copy of ctx, or of the current context, is current, changed as the keywords say.
KRT_FUNCTION(_decimal, "localcontext(ctx=None, **kwargs)", KRT_RUNS_PY)
Value krt__decimal_localcontext_py(Value ctx, Dict *kwargs);
}

} // namespace krait
