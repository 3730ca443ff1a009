// pwd.cpp - see pwd.h in this folder.
#include "stdlib/native/pwd.h"

#include "runtime/object/structseq.h"
#include "stdlib/native/pwd.bind.inc"
#include "stdlib/native/system_calls.h"

#include <cstdlib>
#include <pwd.h>

namespace krait {

static Class passwdClass;

static Value textOrNone(const char *text) { return text ? fsDecode(text) : kNone; }
static Value entryOf(const passwd &p) {
  Value fields[] = {textOrNone(p.pw_name),
                    textOrNone(p.pw_passwd),
                    p.pw_uid == static_cast<uid_t>(-1) ? smallInt(-1) : smallInt(p.pw_uid),
                    p.pw_gid == static_cast<gid_t>(-1) ? smallInt(-1) : smallInt(p.pw_gid),
                    textOrNone(p.pw_gecos),
                    textOrNone(p.pw_dir),
                    textOrNone(p.pw_shell)};
  return krt_structseq_from(&passwdClass, fields, 7);
}

Value krt_pwd_getpwuid_py(Value given) {
  uint32_t uid;
  if (!idArgument_py(given, "uid", &uid)) {
    if (krt_error_clear_if(kOverflowError))
      krt_raise(kKeyError, "getpwuid(): uid not found");
    return {};
  }
  passwd entry;
  int found = findEntry(&entry, [&](passwd *e, char *text, size_t room, passwd **result) {
    return ::getpwuid_r(uid, e, text, room, result);
  });
  if (found < 0)
    return systemError();
  return found ? entryOf(entry)
               : krt_raise(kKeyError, "getpwuid(): uid not found: %S", krt_int_from_u64(uid));
}

Value krt_pwd_getpwnam_py(Str *name) {
  FsPath text;
  if (!text.parse_py(name, "getpwnam"))
    return {};
  passwd entry;
  int found = findEntry(&entry, [&](passwd *e, char *room, size_t size, passwd **result) {
    return ::getpwnam_r(text.text, e, room, size, result);
  });
  if (found < 0)
    return systemError();
  return found ? entryOf(entry) : krt_raise(kKeyError, "getpwnam(): name not found: %R", Value(name));
}

Value krt_pwd_getpwall_py() {
  List *all = krt_list_new(0);
  ::setpwent();
  while (passwd *entry = ::getpwent())
    krt_list_append(all, entryOf(*entry));
  ::endpwent();
  return all;
}

bool krt_pwd_init(Module *module) {
  static const StructSeqField fields[] = {{"pw_name", "user name"},      {"pw_passwd", "password"},
                                          {"pw_uid", "user id"},         {"pw_gid", "group id"},
                                          {"pw_gecos", "real name"},     {"pw_dir", "home directory"},
                                          {"pw_shell", "shell program"}, {}};
  static const StructSeqDesc desc = {"pwd.struct_passwd",
                                     "pwd.struct_passwd: Results from getpw*() routines.\n\n"
                                     "This object may be accessed either as a tuple of\n  "
                                     "(pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)\n"
                                     "or via the object attributes as named in the above tuple.",
                                     fields, 7};
  krt_structseq_ready(&passwdClass, &desc);
  krt_dict_set_str(module->dict, KSTR(struct_passwd), Value(&passwdClass));
  return true;
}

} // namespace krait
