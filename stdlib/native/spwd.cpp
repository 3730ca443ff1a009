// spwd.cpp - see spwd.h.
#include "stdlib/native/spwd.h"

#include "runtime/object/structseq.h"
#include "stdlib/native/_warnings.h"
#include "stdlib/native/spwd.bind.inc"
#include "stdlib/native/system_calls.h"

#include <shadow.h>

namespace krait {

static Class spwdClass;

static Value entryOf(const spwd &p) {
  auto number = [](long n) { return krt_int_from_i64(n); };
  auto text = [](const char *chars) { return chars ? fsDecode(chars) : kNone; };
  Value fields[] = {text(p.sp_namp),    text(p.sp_pwdp),     number(p.sp_lstchg),
                    number(p.sp_min),   number(p.sp_max),    number(p.sp_warn),
                    number(p.sp_inact), number(p.sp_expire), number(static_cast<long>(p.sp_flag)),
                    text(p.sp_namp),    text(p.sp_pwdp)};
  return krt_structseq_from(&spwdClass, fields, 11);
}

Value krt_spwd_getspnam_py(Str *name) {
  FsPath text;
  if (!text.parse_py(name, "getspnam"))
    return {};
  errno = 0;
  spwd *entry = ::getspnam(text.text);
  if (!entry)
    return errno ? systemError() : krt_raise(kKeyError, "getspnam(): name not found");
  return entryOf(*entry);
}

Value krt_spwd_getspall_py() {
  List *all = krt_list_new(0);
  ::setspent();
  while (spwd *entry = ::getspent())
    krt_list_append(all, entryOf(*entry));
  ::endspent();
  return all;
}

bool krt_spwd_init(Module *module) {
  KRT_ALLOW_PY("a warning of an import runs the program's filters");
  static const StructSeqField fields[] = {{"sp_namp", "login name"},
                                          {"sp_pwdp", "encrypted password"},
                                          {"sp_lstchg", "date of last change"},
                                          {"sp_min", "min #days between changes"},
                                          {"sp_max", "max #days between changes"},
                                          {"sp_warn", "#days before pw expires to warn user about it"},
                                          {"sp_inact", "#days after pw expires until account is disabled"},
                                          {"sp_expire", "#days since 1970-01-01 when account expires"},
                                          {"sp_flag", "reserved"},
                                          {"sp_nam", "login name; deprecated"},
                                          {"sp_pwd", "encrypted password; deprecated"},
                                          {}};
  static const StructSeqDesc desc = {
      "spwd.struct_spwd",
      "spwd.struct_spwd: Results from getsp*() routines.\n\n"
      "This object may be accessed either as a 9-tuple of\n"
      "  (sp_namp,sp_pwdp,sp_lstchg,sp_min,sp_max,sp_warn,sp_inact,sp_expire,sp_flag)\n"
      "or via the object attributes as named in the above tuple.",
      fields, 9};
  if (krt_warn_of_import_py("'spwd' is deprecated and slated for removal in Python 3.13") < 0)
    return false;
  krt_structseq_ready(&spwdClass, &desc);
  krt_dict_set_str(module->dict, KSTR(struct_spwd), Value(&spwdClass));
  return true;
}

} // namespace krait
