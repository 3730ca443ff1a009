// grp.cpp - see grp.h in this folder.
#include "stdlib/native/grp.h"

#include "runtime/object/structseq.h"
#include "stdlib/native/grp.bind.inc"
#include "stdlib/native/system_calls.h"

#include <grp.h>

namespace krait {

static Class groupClass;

static Value entryOf(const group &g) {
  List *members = krt_list_new(0);
  for (char **member = g.gr_mem; member && *member; ++member)
    krt_list_append(members, fsDecode(*member));
  Value fields[] = {fsDecode(g.gr_name), g.gr_passwd ? fsDecode(g.gr_passwd) : kNone, smallInt(g.gr_gid),
                    members};
  return krt_structseq_from(&groupClass, fields, 4);
}

Value krt_grp_getgrgid_py(Value given) {
  uint32_t gid;
  if (!idArgument_py(given, "gid", &gid)) {
    if (krt_error_clear_if(kOverflowError))
      krt_raise(kKeyError, "getgrgid(): gid not found");
    return {};
  }
  group entry;
  int found = findEntry(&entry, [&](group *e, char *text, size_t room, group **result) {
    return ::getgrgid_r(gid, e, text, room, result);
  });
  if (found < 0)
    return systemError();
  return found ? entryOf(entry)
               : krt_raise(kKeyError, "getgrgid(): gid not found: %S", krt_int_from_u64(gid));
}

Value krt_grp_getgrnam_py(Str *name) {
  FsPath text;
  if (!text.parse_py(name, "getgrnam"))
    return {};
  group entry;
  int found = findEntry(&entry, [&](group *e, char *room, size_t size, group **result) {
    return ::getgrnam_r(text.text, e, room, size, result);
  });
  if (found < 0)
    return systemError();
  return found ? entryOf(entry) : krt_raise(kKeyError, "getgrnam(): name not found: %R", Value(name));
}

Value krt_grp_getgrall_py() {
  List *all = krt_list_new(0);
  ::setgrent();
  while (group *entry = ::getgrent())
    krt_list_append(all, entryOf(*entry));
  ::endgrent();
  return all;
}

bool krt_grp_init(Module *module) {
  static const StructSeqField fields[] = {{"gr_name", "group name"},
                                          {"gr_passwd", "password"},
                                          {"gr_gid", "group id"},
                                          {"gr_mem", "group members"},
                                          {}};
  static const StructSeqDesc desc = {
      "grp.struct_group",
      "grp.struct_group: Results from getgr*() routines.\n\n"
      "This object may be accessed either as a tuple of\n  (gr_name,gr_passwd,gr_gid,gr_mem)\n"
      "or via the object attributes as named in the above tuple.\n",
      fields, 4};
  krt_structseq_ready(&groupClass, &desc);
  krt_dict_set_str(module->dict, KSTR(struct_group), Value(&groupClass));
  return true;
}

} // namespace krait
