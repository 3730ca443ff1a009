// _decimal.cpp - see _decimal.h: what the module consists of.
#include "stdlib/native/_decimal.h"

#include "stdlib/native/_decimal_parts.h"
#include "stdlib/native/class_module.h"

#include "stdlib/native/_decimal.bind.inc"

namespace krait {

using namespace decimals;

namespace decimals {
Value decimalTupleClass, rationalClass;
}

/// Attribute [name] of the module [dotted].
static Value attributeOf_py(const char *dotted, const char *name) {
  Value args[4] = {strFrom(dotted), kNone, kNone, krt_list_new(1)};
  krt_list_append(args[3].as<List>(), strFrom(name));
  Value module = TRY(krt_call_py(TRY(krt_builtin_py(KSTR(__import__))), args, 4, nullptr));
  return krt_getattr_py(module, strIntern(name));
}

/// namedtuple("DecimalTuple", "sign digits exponent", module="decimal")
static Value makeTuple_py() {
  Value args[3] = {strFrom("DecimalTuple"), strFrom("sign digits exponent"), strFrom("decimal")};
  Value keyword = strIntern("module");
  return krt_call_py(TRY(attributeOf_py("collections", "namedtuple")), args, 2, krt_tuple_from(&keyword, 1));
}

bool krt__decimal_init(Module *module) {
  for (Class *cls : {&krt_decimal_class, &krt_decimal_context_class})
    addClass(module, cls);
  krt_class_ready(&krt_signal_dict_mixin_class);
  krt_class_ready(&krt_decimal_manager_class);
  if (!makeSignals(module) || !makeContexts(module))
    return false;
  if (!rationalClass) {
    Value numberClass = attributeOf_py("numbers", "Number"), self = &krt_decimal_class;
    if (!numberClass || !krt_call_method_py(numberClass, KSTR(register), &self, 1))
      return false;
    Value mapping = attributeOf_py("collections.abc", "MutableMapping");
    if (!mapping || !makeSignalDict_py(mapping))
      return false;
    decimalTupleClass = makeTuple_py();
    if (!decimalTupleClass)
      return false;
    rationalClass = attributeOf_py("numbers", "Rational");
    if (!rationalClass)
      return false;
  }
  krt_dict_set_str(module->dict, KSTR(DecimalTuple), decimalTupleClass);
  krt_dict_set_str(module->dict, KSTR(HAVE_THREADS), kTrue);
  krt_dict_set_str(module->dict, KSTR(HAVE_CONTEXTVAR), kTrue);
  krt_dict_set_str(module->dict, KSTR(MAX_PREC), smallInt(kMaxPrecision));
  krt_dict_set_str(module->dict, KSTR(MAX_EMAX), smallInt(kMaxEmax));
  krt_dict_set_str(module->dict, KSTR(MIN_EMIN), smallInt(kMinEmin));
  krt_dict_set_str(module->dict, KSTR(MIN_ETINY), smallInt(kMinEtiny));
  krt_dict_set_str(module->dict, KSTR(__version__), strFrom("1.70"));
  // Of the library whose behaviour this module has.
  krt_dict_set_str(module->dict, KSTR(__libmpdec_version__), strFrom("2.5.1"));
  return true;
}

} // namespace krait
