// _contextvars.h - the module _contextvars: variables whose values belong to a context (of a thread, a task).
//
// A context is a dict of values by variable. Copies share it until one of them changes a value: copying, done
// for every callback of an event loop, costs nothing.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct Context : Object {
  Dict *values;
  bool shared; // with a copy, or with an iterator
  bool entered;
  Value outer; // while entered: what was current before, or null
};
struct ContextVar : Object {
  Str *name;
  Value fallback; // or null
  int64_t hash;
};
struct ContextToken : Object {
  Context *context;
  ContextVar *variable;
  Value old; // or null
  bool used;
};

KRT_MODULE(_contextvars, "Context Variables");
KRT_CLASS(context, "The values of context variables.");
KRT_CLASS(context_var, "A variable whose value depends on the current context.");
KRT_CLASS(context_token, "What ContextVar.set() returns: the way back to the value before.");

extern "C" {
extern Class krt_context_class, krt_context_var_class, krt_context_token_class;
KRT_MODULE_INIT(_contextvars) bool krt__contextvars_init(Module *module);
/// Return a copy of the current context.
KRT_FUNCTION(_contextvars, "copy_context()", KRT_COLLECTS) Value krt__contextvars_copyContext();

KRT_NEW(context, "Context(*args, **kwargs)", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE)
Value krt_context_create(Class *cls, ArgSpan args, Dict *kwargs);
/// Call a function in this context.
KRT_METHOD(context, "run(self, /, *args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_context_run_py(Value self, ArgSpan args, Dict *kwargs);
/// Return a shallow copy of the context object.
KRT_METHOD(context, "copy(self, /)", KRT_COLLECTS) Value krt_context_copy(Value self);
/// Return the value for `key` if `key` has the value in the context object.
///
/// If `key` does not exist, return `default`.
KRT_METHOD(context, "get(self, key, default=None, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_context_get(Value self, Value key, Value fallback);
/// Return an iterator over the variables and their values.
KRT_METHOD(context, "items(self, /)", KRT_COLLECTS) Value krt_context_items(Value self);
/// Return an iterator over the variables.
KRT_METHOD(context, "keys(self, /)", KRT_COLLECTS) Value krt_context_keys(Value self);
/// Return an iterator over the values.
KRT_METHOD(context, "values(self, /)", KRT_COLLECTS) Value krt_context_values(Value self);

KRT_NEW(context_var, "ContextVar(name=<null>, *, default=<null>)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_context_var_create(Class *cls, Value name, Value fallback);
/// Return the value of the variable in the current context, or the default given here, or that of the
/// variable; else LookupError.
KRT_METHOD(context_var, "get(self, default=<null>, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_context_var_get(Value self, Value fallback);
/// Set the value in the current context; return a token by which the value before can be restored.
KRT_METHOD(context_var, "set(self, value, /)", KRT_COLLECTS)
Value krt_context_var_set(Value self, Value value);
/// Restore the value that the variable had before the set() that gave the token.
KRT_METHOD(context_var, "reset(self, token, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_context_var_reset(Value self, Value token);
KRT_GETTER(context_var, "name") Value krt_context_var_name(Value self);
/// See PEP 585
KRT_CLASSMETHOD(context_var, "__class_getitem__(cls, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_context_var_classGetItem_py(Value cls, Value item);

KRT_NEW(context_token, "Token(*args, **kwargs)", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE)
Value krt_context_token_create(Class *cls, ArgSpan args, Dict *kwargs);
KRT_GETTER(context_token, "var") Value krt_context_token_var(Value self);
KRT_GETTER(context_token, "old_value") Value krt_context_token_oldValue(Value self);
/// See PEP 585
KRT_CLASSMETHOD(context_token, "__class_getitem__(cls, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_context_token_classGetItem_py(Value cls, Value item);
}

} // namespace krait
