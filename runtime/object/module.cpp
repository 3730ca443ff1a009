// module.cpp - module objects and cells.
#include "runtime/object/module.h"
#include "runtime/object/args.h"
#include "runtime/object/cells.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"

#include "runtime/object/module.bind.inc"

namespace krait {

Value krt_builtin_py(Str *name) {
  Value v = krt_dict_get_str(krt_builtins_dict(), name);
  return v ? v : krt_raise(kAttributeError, "module 'builtins' has no attribute '%S'", Value(name));
}

namespace {

Module *module(Value v) { return v.as<Module>(); }

int moduleInit(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  static const ParamInfo params[] = {{"name", true, false}, {"doc", false, false}};
  static const SignatureInfo signature = {
      "module", "module", &krt_module_class, NativeKind::New, 0, 2, 1, 2, false, false, params};
  Value out[2];
  if (!krt_args_parse(&signature, args, nargs, kwnames, out, nullptr, nullptr))
    return -1;
  if (!strCheck(out[0]))
    return raiseInt(kTypeError, "module() argument 'name' must be str, not %.50T", out[0]);
  Dict *dict = krt_instance_dict(self);
  if (krt_cells_active)
    krt_cells_module_made(module(self), out[0].as<Str>());
  krt_dict_set_str(dict, KSTR(__name__), out[0]);
  krt_dict_set_str(dict, KSTR(__doc__), out[1] ? out[1] : kNone);
  for (Str *name : {KSTR(__package__), KSTR(__loader__), KSTR(__spec__)})
    krt_dict_set_str(dict, name, kNone);
  return 0;
}

Value moduleMake(Class *cls, const Value *, size_t, Tuple *) {
  auto *m = static_cast<Module *>(krt_instance_new(cls, 0));
  m->dict = krt_dict_new();
  return m;
}

/// [name], or null with no exception where it is not there; attributes may come from the module's own
/// __getattr__.
[[nodiscard]] bool attributeOfModule_py(Value self, Str *name, Value *out) {
  *out = krt_getattr_optional_py(self, name);
  return *out || !errorPending();
}

Value reprOfModule_py(Value name, Value origin, Value loader, bool located) {
  if (origin)
    return located ? krt_str_format("<module %R from %R>", name, origin)
                   : krt_str_format("<module %R (%S)>", name, origin);
  return loader && loader != kNone ? krt_str_format("<module %R (%R)>", name, loader)
                                   : krt_str_format("<module %R>", name);
}

/// From the spec where there is one, else from __name__, __file__ and __loader__.
Value moduleRepr(Value self) {
  Value loader, spec, name, origin, located;
  if (!attributeOfModule_py(self, KSTR(__loader__), &loader) ||
      !attributeOfModule_py(self, KSTR(__spec__), &spec))
    return {};
  int hasSpec = spec ? krt_truth_py(spec) : 0;
  if (hasSpec < 0)
    return {};
  if (!hasSpec) {
    // An old loader may have a word for it; what goes wrong there is passed over, as in importlib.
    if (Value own =
            loader && loader != kNone ? krt_getattr_optional_py(loader, strIntern("module_repr")) : Value()) {
      Value text = krt_call1_py(own, self);
      if (text)
        return text;
    }
    krt_error_clear();
    if (!attributeOfModule_py(self, KSTR(__name__), &name) ||
        !attributeOfModule_py(self, KSTR(__file__), &origin))
      return {};
    return reprOfModule_py(name ? name : Value(strFrom("?")), origin, loader, true);
  }
  name = TRY(krt_getattr_py(spec, KSTR(name)));
  origin = TRY(krt_getattr_py(spec, KSTR(origin)));
  if (name == kNone)
    name = strFrom("?");
  if (origin == kNone)
    return reprOfModule_py(name, {}, TRY(krt_getattr_py(spec, KSTR(loader))), false);
  located = TRY(krt_getattr_py(spec, KSTR(has_location)));
  int where = krt_truth_py(located);
  return where < 0 ? Value() : reprOfModule_py(name, origin, {}, where);
}

} // namespace

int krt_spec_initializing_py(Value spec) {
  Value initializing = spec && spec != kNone ? krt_getattr_optional_py(spec, KSTR(_initializing)) : Value();
  if (errorPending())
    return -1;
  return initializing ? krt_truth_py(initializing) : 0;
}

namespace {

/// The generic algorithm, then the module's own __getattr__ (PEP 562).
Value moduleGetAttr(Value self, Str *name) {
  if (classOf(self) == &krt_module_class && module(self)->dict)
    if (Value own = krt_dict_get_str(module(self)->dict, name))
      if (name != KSTR(__class__) && name != KSTR(__dict__))
        return own;
  Value v = krt_object_getattr_optional_py(self, name);
  if (v || errorPending())
    return v;
  Dict *dict = module(self)->dict;
  if (dict == krt_builtins_dict() && krt_late_builtin_hook_py && krt_late_builtin_hook_py(name))
    return krt_dict_get_str(dict, name);
  Value hook = dict ? krt_dict_get_str(dict, KSTR(__getattr__)) : Value();
  if (hook)
    return krt_call1_py(hook, name);
  Value called = dict ? krt_dict_get_str(dict, KSTR(__name__)) : Value();
  if (called && strCheck(called)) {
    Value spec = krt_dict_get_str(dict, KSTR(__spec__));
    int partly = krt_spec_initializing_py(spec);
    if (partly < 0)
      return {};
    if (partly)
      return krt_raise_attribute_error(
          self, name,
          "partially initialized module '%S' has no attribute '%S' (most likely due to "
          "a circular import)",
          called, Value(name));
    // A submodule on its way becomes an attribute only when it is complete.
    Value waiting =
        spec && spec != kNone ? krt_getattr_optional_py(spec, KSTR(_uninitialized_submodules)) : Value();
    int found = waiting ? krt_contains_py(waiting, name) : 0;
    if (found < 0 || errorPending())
      return {};
    if (found)
      return krt_raise_attribute_error(
          self, name, "cannot access submodule '%S' of module '%S' (most likely due to a circular import)",
          Value(name), called);
    return krt_raise_attribute_error(self, name, "module '%S' has no attribute '%S'", called, Value(name));
  }
  return krt_raise_attribute_error(self, name, "module has no attribute '%S'", Value(name));
}

} // namespace

Class krt_module_class = {
    .flags = kClassBase,
    .nativeName = "module",
    .basicSize = sizeof(Module),
    .extraOffset = offsetof(Module, dict),
    .slots = {.repr = moduleRepr, .getattr = moduleGetAttr, .init = moduleInit, .make = moduleMake},
    .methods = krt_module_defs,
    .doc = "Create a module object.\n\nThe name must be a string; the optional docstring argument can have "
           "any type.",
};

Module *krt_module_new(Str *name, Str *doc) {
  auto *m = gcNew<Module>(krt_module_class);
  m->dict = krt_dict_new();
  if (krt_cells_active)
    krt_cells_module_made(m, name);
  krt_dict_set_str(m->dict, KSTR(__name__), name);
  krt_dict_set_str(m->dict, KSTR(__doc__), doc ? Value(doc) : kNone);
  for (Str *key : {KSTR(__package__), KSTR(__loader__), KSTR(__spec__)})
    krt_dict_set_str(m->dict, key, kNone);
  return m;
}

Value krt_module_dict(Value self) {
  Dict *dict = krt_instance_dict(self);
  if (dict == krt_builtins_dict() && krt_late_builtin_hook_py)
    krt_late_builtin_hook_py(nullptr);
  return dict;
}

Value krt_module_annotations_py(Value self) {
  Dict *dict = krt_instance_dict(self);
  Value v = krt_dict_get_str(dict, KSTR(__annotations__));
  if (!v) {
    v = krt_dict_new();
    krt_dict_set_str(dict, KSTR(__annotations__), v);
  }
  return v;
}
bool krt_module_setAnnotations_py(Value self, Value value) {
  Dict *dict = krt_instance_dict(self);
  if (value)
    krt_dict_set_str(dict, KSTR(__annotations__), value);
  else if (krt_dict_delete_str(dict, KSTR(__annotations__)) != 1)
    return krt_raise(kAttributeError, "__annotations__"), false;
  return true;
}

Value krt_module_dir_py(Value self) {
  Value dict = TRY(krt_getattr_py(self, KSTR(__dict__)));
  if (!isExact(dict, krt_dict_class))
    return krt_raise(kTypeError, "%T.__dict__ is not a dictionary", self);
  if (Value hook = krt_dict_get_str(dict.as<Dict>(), KSTR(__dir__)))
    return krt_call0_py(hook);
  return krt_list_from_py(dict);
}

// ---- Cells ------------------------------------------------------------------------------------------

namespace {

Value cellRepr(Value self) {
  Value v = self.as<Cell>()->value;
  if (!v)
    return krt_str_format("<cell at %p: empty>", self.asObject());
  return krt_str_format("<cell at %p: %.80T object at %p>", self.asObject(), v, v.asObject());
}
Value cellCompare(Value a, Value b, CompareOp op) {
  if (!isExact(a, krt_cell_class) || !isExact(b, krt_cell_class))
    return kNotImplemented;
  Value x = a.as<Cell>()->value, y = b.as<Cell>()->value;
  if (x && y)
    return krt_compare_py(x, y, op);
  // Empty cells come first.
  return krt_compare_py(smallInt(x ? 1 : 0), smallInt(y ? 1 : 0), op);
}

} // namespace

Class krt_cell_class = {
    .nativeName = "cell",
    .basicSize = sizeof(Cell),
    .slots = {.repr = cellRepr, .richcompare = cellCompare, .make = krt_cell_make},
    .methods = krt_cell_defs,
    .doc = "Create a new cell object.",
};

Cell *krt_cell_new(Value contents) {
  auto *cell = gcNew<Cell>(krt_cell_class);
  cell->value = contents;
  return cell;
}
Value krt_cell_contents(Value self) {
  Value v = self.as<Cell>()->value;
  return v ? v : krt_raise(kValueError, "Cell is empty");
}
bool krt_cell_setContents(Value self, Value value) {
  self.as<Cell>()->value = value;
  return true;
}
Value krt_cell_create(Class *, Value contents) { return krt_cell_new(contents); }

} // namespace krait
