// _contextvars.cpp - see _contextvars.h.
#include "stdlib/native/_contextvars.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/sequence.h"
#include "runtime/object/union.h"
#include "stdlib/native/class_module.h"

#include <cstddef>

#include "stdlib/native/_contextvars.bind.inc"

namespace krait {

namespace {

Class missingClass = {
    .flags = kClassDisallowNew,
    .nativeName = "Token.MISSING",
    .basicSize = sizeof(Object),
    .slots = {.repr = [](Value) -> Value { return strFrom("<Token.MISSING>"); }},
};
Value missing;

Context *context(Value v) { return v.as<Context>(); }
ContextVar *variable(Value v) { return v.as<ContextVar>(); }

Context *newContext(Dict *values) {
  auto *made = gcNew<Context>(krt_context_class);
  made->values = values;
  return made;
}

Context *current() {
  if (!krt_thread.context)
    krt_thread.context = newContext(krt_dict_new());
  return context(krt_thread.context);
}

Context *copyOf(Context *source) {
  Context *copy = newContext(source->values);
  copy->shared = source->shared = true;
  return copy;
}

Value valueIn(Context *in, ContextVar *var) {
  KRT_ALLOW_PY("variables are compared by identity");
  return krt_dict_get_hashed_py(in->values, var, var->hash);
}

/// Sets the value, or with null takes it away, in a dict of the context's own.
void setIn(Context *in, ContextVar *var, Value value) {
  KRT_ALLOW_PY("variables are compared by identity");
  if (in->shared) {
    in->values = krt_dict_copy(in->values);
    in->shared = false;
  }
  if (value)
    krt_dict_set_hashed_py(in->values, var, var->hash, value);
  else
    krt_dict_delete_py(in->values, var);
}

bool isVariable(Value key) {
  if (isExact(key, krt_context_var_class))
    return true;
  krt_raise(kTypeError, "a ContextVar key was expected, got %R", key);
  return false;
}

int64_t contextLength(Value self) { return context(self)->values->used; }
int contextContains(Value self, Value key) {
  if (!isVariable(key))
    return -1;
  return valueIn(context(self), variable(key)) ? 1 : 0;
}
Value contextItem(Value self, Value key) {
  if (!isVariable(key))
    return {};
  Value value = valueIn(context(self), variable(key));
  return value ? value : krt_raise_key_error(key);
}
Value iterate(Value self, DictIterKind kind) {
  context(self)->shared = true; // the iterator goes over what is there now
  return krt_dict_iter_new(context(self)->values, kind);
}
Value contextIter(Value self) { return iterate(self, DictIterKind::Keys); }
Value contextCompare(Value a, Value b, CompareOp op) {
  if (!isExact(b, krt_context_class) || (op != CompareOp::Eq && op != CompareOp::Ne))
    return kNotImplemented;
  return krt_dict_class.slots.richcompare(context(a)->values, context(b)->values, op);
}
int unhashable(Value self, int64_t *) { return raiseInt(kTypeError, "unhashable type: '%T'", self); }

Value variableRepr(Value self) {
  if (reprEnter(self))
    return strFrom("<ContextVar ...>");
  Value text =
      variable(self)->fallback
          ? krt_str_format("<ContextVar name=%R default=%R at %p>", Value(variable(self)->name),
                           variable(self)->fallback, self.as<void>())
          : krt_str_format("<ContextVar name=%R at %p>", Value(variable(self)->name), self.as<void>());
  reprLeave(self);
  return text;
}
int variableHash(Value self, int64_t *out) {
  *out = variable(self)->hash;
  return 0;
}

Value tokenRepr(Value self) {
  auto *token = self.as<ContextToken>();
  return krt_str_format("<Token%s var=%R at %p>", token->used ? " used" : "", Value(token->variable),
                        self.as<void>());
}

} // namespace

extern "C" {

Value krt__contextvars_copyContext() { return copyOf(current()); }

Value krt_context_create(Class *, ArgSpan args, Dict *kwargs) {
  if (args.size || kwargs)
    return krt_raise(kTypeError, "Context() does not accept any arguments");
  return newContext(krt_dict_new());
}

Value krt_context_run_py(Value self, ArgSpan args, Dict *kwargs) {
  if (!args.size)
    return krt_raise(kTypeError, "run() missing 1 required positional argument");
  auto *in = context(self);
  if (in->entered)
    return krt_raise(kRuntimeError, "cannot enter context: %R is already entered", self);
  in->entered = true;
  in->outer = krt_thread.context;
  krt_thread.context = self;
  Value result = kwargs ? krt_call_ex_py(args.data[0], krt_tuple_from(args.data + 1, args.size - 1), kwargs)
                        : krt_call_py(args.data[0], args.data + 1, args.size - 1, nullptr);
  krt_thread.context = in->outer;
  in->outer = Value();
  in->entered = false;
  return result;
}

Value krt_context_copy(Value self) { return copyOf(context(self)); }
Value krt_context_get(Value self, Value key, Value fallback) {
  if (!isVariable(key))
    return {};
  Value value = valueIn(context(self), variable(key));
  return value ? value : fallback;
}
Value krt_context_items(Value self) { return iterate(self, DictIterKind::Items); }
Value krt_context_keys(Value self) { return iterate(self, DictIterKind::Keys); }
Value krt_context_values(Value self) { return iterate(self, DictIterKind::Values); }

Value krt_context_var_create(Class *, Value name, Value fallback) {
  if (!name)
    return krt_raise(kTypeError, "ContextVar() takes exactly 1 positional argument (0 given)");
  if (!strCheck(name))
    return krt_raise(kTypeError, "context variable name must be a str");
  auto *var = gcNew<ContextVar>(krt_context_var_class);
  var->name = name.as<Str>();
  var->fallback = fallback;
  // Addresses differ in their upper bits; those of the name make the hash of variables made side by side
  // differ more.
  auto address = reinterpret_cast<uint64_t>(var) >> 4;
  var->hash = static_cast<int64_t>(address ^ static_cast<uint64_t>(krt_str_hash(var->name)));
  if (var->hash == -1)
    var->hash = -2;
  return var;
}

Value krt_context_var_get(Value self, Value fallback) {
  if (krt_thread.context)
    if (Value value = valueIn(context(krt_thread.context), variable(self)))
      return value;
  if (fallback)
    return fallback;
  if (variable(self)->fallback)
    return variable(self)->fallback;
  return krt_raise_args(kLookupError, &self, 1);
}

Value krt_context_var_set(Value self, Value value) {
  Context *in = current();
  auto *token = gcNew<ContextToken>(krt_context_token_class);
  token->context = in;
  token->variable = variable(self);
  token->old = valueIn(in, variable(self));
  setIn(in, variable(self), value);
  return token;
}

Value krt_context_var_reset(Value self, Value given) {
  if (!isExact(given, krt_context_token_class))
    return krt_raise(kTypeError, "expected an instance of Token, got %R", given);
  auto *token = given.as<ContextToken>();
  if (token->used)
    return krt_raise(kRuntimeError, "%R has already been used once", given);
  if (token->variable != variable(self))
    return krt_raise(kValueError, "%R was created by a different ContextVar", given);
  if (token->context != current())
    return krt_raise(kValueError, "%R was created in a different Context", given);
  token->used = true;
  setIn(token->context, token->variable, token->old);
  return kNone;
}

Value krt_context_var_name(Value self) { return variable(self)->name; }
Value krt_context_var_classGetItem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

Value krt_context_token_create(Class *, ArgSpan, Dict *) {
  return krt_raise(kRuntimeError, "Tokens can only be created by ContextVars");
}
Value krt_context_token_var(Value self) { return self.as<ContextToken>()->variable; }
Value krt_context_token_oldValue(Value self) {
  return self.as<ContextToken>()->old ? self.as<ContextToken>()->old : missing;
}
Value krt_context_token_classGetItem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

Class krt_context_class = {
    .flags = kClassWeakref | kClassMapping,
    .nativeName = "_contextvars.Context",
    .basicSize = sizeof(Context),
    .slots = {.hash = unhashable,
              .richcompare = contextCompare,
              .iter = contextIter,
              .length = contextLength,
              .contains = contextContains,
              .getitem = contextItem,
              .make = krt_context_make},
    .methods = krt_context_defs,
    .doc = krt_context_doc,
};
Class krt_context_var_class = {
    .nativeName = "_contextvars.ContextVar",
    .basicSize = sizeof(ContextVar),
    .slots = {.repr = variableRepr, .hash = variableHash, .make = krt_context_var_make},
    .methods = krt_context_var_defs,
    .doc = krt_context_var_doc,
};
Class krt_context_token_class = {
    .nativeName = "_contextvars.Token",
    .basicSize = sizeof(ContextToken),
    .slots = {.repr = tokenRepr, .hash = unhashable, .make = krt_context_token_make},
    .methods = krt_context_token_defs,
    .doc = krt_context_token_doc,
};

} // extern "C"

bool krt__contextvars_init(Module *module) {
  krt_class_ready(&missingClass);
  if (!missing)
    missing = gcNew<Object>(missingClass);
  addClass(module, &krt_context_class);
  addClass(module, &krt_context_var_class);
  addClass(module, &krt_context_token_class);
  krt_dict_set_str(krt_context_token_class.dict, KSTR(MISSING), missing);
  return true;
}

} // namespace krait
