// _lsprof.cpp - see _lsprof.h. A Profiler is itself the function that the thread tells of calls and returns
// (sys.setprofile); it keeps a stack of the activations under way and a record for each function, with one
// for each function called from it.
#include "stdlib/native/_lsprof.h"

#include "runtime/interp/tracing.h"
#include "runtime/object/args.h"
#include "runtime/object/function.h"
#include "runtime/object/iteration.h"
#include "runtime/object/structseq.h"
#include "stdlib/native/_lsprof.bind.inc"
#include "stdlib/native/class_module.h"

#include <ctime>

namespace krait {

namespace {

/// What is known of a function, or of a function as called from another.
struct Record : Object {
  Value code; // code object, or the text that names a native function
  double total, own;
  int64_t calls, recursive, depth;
  Dict *called; // key -> Record; null in those of callees
};
struct Activation {
  double began, below; // time, and time spent in what it called
  Record *record;
  Value key;
  Activation *outer;
};
struct Profiler : Object {
  Value timer; // or null
  double unit;
  bool subcalls, builtins;
  Dict *records; // key -> Record
  Activation *current;
};

Class recordClass, entryClass, subentryClass;
Profiler *profilerOf(Value v) { return v.as<Profiler>(); }

double now_py(Profiler *self) {
  if (!self->timer) {
    timespec time;
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  }
  Value pending = krt_error_take();
  Value given = krt_call0_py(self->timer);
  double time = given ? krt_double_py(given) : 0;
  if (errorPending()) {
    krt_error_unraisable(self->timer);
    time = 0;
  }
  if (pending)
    krt_error_restore(pending);
  return self->unit > 0 ? time * self->unit : time;
}

/// The record of [key] in [records], made at first sight; [code] is asked for its description then.
template <typename Describe> Record *recordFor(Dict *records, Value key, Describe describe) {
  KRT_ALLOW_PY("keys are integers");
  if (Value known = krt_dict_get_py(records, key))
    return known.as<Record>();
  auto *made = gcNew<Record>(recordClass);
  made->code = describe();
  krt_dict_set_py(records, key, made);
  return made;
}

/// Natives of a module or class, bound or not: all have the layout of NativeFunction.
bool isNative(Value function) {
  const Class *cls = classOf(function);
  return cls == &krt_native_function_class || cls == &krt_method_descriptor_class ||
         cls == &krt_classmethod_descriptor_class;
}

/// How a native function is listed.
Value describeNative_py(Value function) {
  if (!isExact(function, krt_native_function_class)) {
    Str *shown = krt_repr_py(function);
    return shown ? Value(shown) : (krt_error_clear(), strFrom("<built-in>"));
  }
  auto *native = function.as<NativeFunction>();
  Value self = native->self;
  if (self && !isExact(self, krt_module_class)) {
    if (Value found = krt_class_lookup(classOf(self), strIntern(native->def->name)))
      if (Str *shown = krt_repr_py(found))
        return shown;
    krt_error_clear();
    return krt_str_format("<built-in method %s>", native->def->name);
  }
  if (native->module && strCheck(native->module))
    return krt_str_format("<built-in method %S.%s>", native->module, native->def->name);
  return krt_str_format("<built-in method %s>", native->def->name);
}

void begin_py(Profiler *self, Value key, Record *record) {
  auto *activation = static_cast<Activation *>(gcAllocate(sizeof(Activation)));
  activation->record = record;
  activation->key = key;
  activation->outer = self->current;
  ++record->depth;
  if (self->subcalls && self->current) {
    Record *caller = self->current->record;
    if (!caller->called)
      caller->called = krt_dict_new();
    ++recordFor(caller->called, key, [&] { return record->code; })->depth;
  }
  self->current = activation;
  activation->began = now_py(self);
}

void end_py(Profiler *self) {
  Activation *done = self->current;
  if (!done)
    return;
  double total = now_py(self) - done->began, own = total - done->below;
  self->current = done->outer;
  if (done->outer)
    done->outer->below += total;
  auto count = [&](Record *record) {
    if (--record->depth == 0)
      record->total += total;
    else
      ++record->recursive;
    record->own += own;
    ++record->calls;
  };
  count(done->record);
  if (self->subcalls && done->outer && done->outer->record->called) {
    KRT_ALLOW_PY("keys are integers");
    if (Value sub = krt_dict_get_py(done->outer->record->called, done->key))
      count(sub.as<Record>());
  }
}

Value keyOf(const void *address) { return krt_int_from_u64(reinterpret_cast<uint64_t>(address)); }

/// profiler(frame, event, argument): an event of the thread that it profiles.
Value onEvent_py(Value v, const Value *args, size_t nargs, Tuple *kwnames) {
  if (nargs != 3 || kwnames || !strCheck(args[1]))
    return krt_raise(kTypeError, "'%T' object is not callable", v);
  Profiler *self = profilerOf(v);
  std::string_view event = strView(args[1].as<Str>());
  if (event == "call") {
    Value code = TRY(krt_getattr_py(args[0], KSTR(f_code)));
    Value key = keyOf(code.as<Object>());
    begin_py(self, key, recordFor(self->records, key, [&] { return code; }));
  } else if (event == "return") {
    end_py(self);
  } else if (self->builtins && event == "c_call") {
    const void *identity = isNative(args[2]) ? static_cast<const void *>(args[2].as<NativeFunction>()->def)
                                             : static_cast<const void *>(classOf(args[2]));
    Value key = keyOf(identity);
    begin_py(self, key, recordFor(self->records, key, [&] { return describeNative_py(args[2]); }));
  } else if (self->builtins && (event == "c_return" || event == "c_exception")) {
    end_py(self);
  }
  return kNone;
}

Value statsOf(Record *record, bool sub) {
  Value fields[6] = {record->code,
                     smallInt(record->calls),
                     smallInt(record->recursive),
                     floatBox(record->total),
                     floatBox(record->own),
                     kNone};
  if (sub)
    return krt_structseq_from(&subentryClass, fields, 5);
  if (record->called) {
    List *list = krt_list_new(0);
    uint32_t position = 0;
    while (DictEntry *entry = krt_dict_next(record->called, &position))
      if (entry->value.as<Record>()->calls)
        krt_list_append(list, statsOf(entry->value.as<Record>(), true));
    if (list->length)
      fields[5] = list;
  }
  return krt_structseq_from(&entryClass, fields, 6);
}

Value make(Class *cls, const Value *, size_t, Tuple *) {
  auto *self = newInstance<Profiler>(krt_profiler_class, cls);
  self->records = krt_dict_new();
  self->subcalls = self->builtins = true;
  return self;
}

} // namespace

bool krt_profiler_init_py(Value v, Value timer, double unit, bool subcalls, bool builtins) {
  Profiler *self = profilerOf(v);
  self->timer = timer == kNone ? Value() : timer;
  self->unit = unit;
  self->subcalls = subcalls;
  self->builtins = builtins;
  return true;
}

Value krt_profiler_enable_py(Value v, bool subcalls, bool builtins) {
  profilerOf(v)->subcalls = subcalls;
  profilerOf(v)->builtins = builtins;
  krt_thread.profileFunction = v;
  tracingChanged();
  return kNone;
}

Value krt_profiler_disable_py(Value v) {
  Profiler *self = profilerOf(v);
  if (krt_thread.profileFunction == v) {
    krt_thread.profileFunction = {};
    tracingChanged();
  }
  while (self->current)
    end_py(self);
  return kNone;
}

Value krt_profiler_clear(Value v) {
  profilerOf(v)->records = krt_dict_new();
  profilerOf(v)->current = nullptr;
  return kNone;
}

Value krt_profiler_getstats_py(Value v) {
  List *list = krt_list_new(0);
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(profilerOf(v)->records, &position))
    if (entry->value.as<Record>()->calls)
      krt_list_append(list, statsOf(entry->value.as<Record>(), false));
  return list;
}

extern "C" {
Class krt_profiler_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "_lsprof.Profiler",
    .basicSize = sizeof(Profiler),
    .slots = {.call = onEvent_py, .init = krt_profiler_init, .make = make},
    .methods = krt_profiler_defs,
    .doc = krt_profiler_doc,
};
}

bool krt__lsprof_init(Module *module) {
  addClass(module, &krt_profiler_class);
  if (!recordClass.nativeName) {
    recordClass.nativeName = "_lsprof.Record";
    recordClass.flags = kClassDisallowNew;
    recordClass.basicSize = sizeof(Record);
  }
  krt_class_ready(&recordClass);
  static const StructSeqField fields[] = {{"code", "code object or built-in function name"},
                                          {"callcount", "how many times this was called"},
                                          {"reccallcount", "how many times called recursively"},
                                          {"totaltime", "total time in this entry"},
                                          {"inlinetime", "inline time in this entry (not in subcalls)"},
                                          {"calls", "details of the calls"},
                                          {}};
  static const StructSeqField subfields[] = {{"code", "called code object or built-in function name"},
                                             {"callcount", "how many times this is called"},
                                             {"reccallcount", "how many times this is called recursively"},
                                             {"totaltime", "total time spent in this call"},
                                             {"inlinetime", "inline time (not in further subcalls)"},
                                             {}};
  static const StructSeqDesc entry = {"_lsprof.profiler_entry", nullptr, fields, 6};
  static const StructSeqDesc subentry = {"_lsprof.profiler_subentry", nullptr, subfields, 5};
  krt_structseq_ready(&entryClass, &entry);
  krt_structseq_ready(&subentryClass, &subentry);
  krt_dict_set_str(module->dict, KSTR(profiler_entry), Value(&entryClass));
  krt_dict_set_str(module->dict, KSTR(profiler_subentry), Value(&subentryClass));
  return true;
}

} // namespace krait
