// sys_functions.cpp - see sys_functions.h.
#include "runtime/start/sys_functions.h"

#include "runtime/builtins/traceback_print.h"
#include "runtime/gc/gc.h"
#include "runtime/interp/global_lock.h"
#include "runtime/interp/interp.h"
#include "runtime/interp/tracing.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/state.h"
#include "runtime/object/structseq.h"
#include "runtime/object/system_text.h"
#include "runtime/start/sys_functions.bind.inc"

#include <cstdio>
#include <cstdlib>

namespace krait {

namespace {

Class unraisableArgsClass, asyncgenHooksClass;
bool finalizing = false;
int dlopenFlags = 2;
List *auditHooks = nullptr;

Value orNone(Value v) { return v ? v : kNone; }

/// Text to sys.stderr; before there is one, to the C library's.
void writeStderr_py(Str *text) {
  Value file = krt_sys_get(KSTR(stderr));
  if (file == kNone)
    return;
  if (file) {
    Value argument = text;
    if (!krt_call_method_py(file, KSTR(write), &argument, 1) ||
        !krt_call_method_py(file, KSTR(flush), nullptr, 0))
      krt_error_clear();
    return;
  }
  std::string_view view = strView(text);
  std::fwrite(view.data(), 1, view.size(), stderr);
}

} // namespace

// ---- Exceptions ---------------------------------------------------------------------------------

Value krt_sys_excInfo() {
  Value exception = handledException();
  Value parts[3] = {kNone, kNone, kNone};
  if (exception != kNone) {
    parts[0] = classOf(exception);
    parts[1] = exception;
    parts[2] = orNone(exception.as<Exception>()->traceback);
  }
  return krt_tuple_from(parts, 3);
}

Value krt_sys_exception() { return handledException(); }

Value krt_sys_exit(Value status) {
  if (hasClassFlag(status, kClassTupleSub))
    return krt_raise_args(kSystemExit, status.as<Tuple>()->items, status.as<Tuple>()->length);
  return krt_raise_args(kSystemExit, &status, status == kNone ? 0 : 1);
}

Value krt_sys_excepthook_py(Value type, Value value, Value traceback) {
  if (!exceptionCheck(value)) {
    writeStderr_py(TRY(
        krt_str_format("TypeError: print_exception(): Exception expected for value, %.200T found\n", value)));
    return kNone;
  }
  auto *exception = value.as<Exception>();
  if (traceback != kNone && (!exception->traceback || exception->traceback == kNone))
    exception->traceback = traceback;
  Value file = krt_sys_get(KSTR(stderr));
  if (file == kNone)
    return kNone;
  if (file)
    krt_exception_print_py(value, file);
  else
    writeStderr_py(krt_exception_text_py(value));
  return kNone;
}

namespace {

/// "Exception ignored in: ..." with traceback and the exception, but not its chain.
void reportUnraisable_py(Value exception, Value traceback, Value message, Value object) {
  StrBuilder out;
  if (object && object != kNone) {
    if (message && message != kNone)
      out.append(krt_str_of_py(message));
    else
      out.append(std::string_view("Exception ignored in"));
    out.append(std::string_view(": "));
    Str *repr = krt_repr_py(object);
    if (!repr) {
      krt_error_clear();
      repr = strIntern("<object repr() failed>");
    }
    out.append(repr);
    out.append('\n');
  } else if (message && message != kNone) {
    out.append(krt_str_of_py(message));
    out.append(std::string_view(":\n"));
  }
  if (traceback && traceback != kNone)
    if (Str *text = krt_traceback_text_py(traceback))
      out.append(text);
  Class *cls = classOf(exception);
  Value module = krt_getattr_optional_py(cls, KSTR(__module__));
  if (!module || !strCheck(module)) {
    out.append(std::string_view("<unknown>."));
  } else if (std::string_view name = strView(module.as<Str>()); name != "builtins" && name != "__main__") {
    out.append(module.as<Str>());
    out.append('.');
  }
  out.append(cls->qualname);
  out.append(std::string_view(": "));
  krt_error_clear();
  Str *text = krt_str_of_py(exception);
  if (text)
    out.append(text);
  else
    out.append(std::string_view("<exception str() failed>"));
  out.append('\n');
  krt_error_clear();
  writeStderr_py(out.finish());
}

void unraisable_py(Value exception, Value where, const char *message) {
  Value text = message ? Value(strFrom(message)) : kNone;
  Value traceback = orNone(exception.as<Exception>()->traceback);
  Value hook = krt_sys_get(KSTR(unraisablehook));
  if (!hook || hook == kNone) {
    reportUnraisable_py(exception, traceback, text, where);
    return;
  }
  Value fields[5] = {classOf(exception), exception, traceback, text, orNone(where)};
  Value told = krt_structseq_from(&unraisableArgsClass, fields, 5);
  if (auditing() && audit_py("sys.unraisablehook", {hook, told}) < 0) {
    Value refused = krt_error_take();
    reportUnraisable_py(refused, orNone(refused.as<Exception>()->traceback),
                        strFrom("Exception ignored in audit hook"), kNone);
    return;
  }
  if (krt_call1_py(hook, told))
    return;
  Value second = krt_error_take();
  reportUnraisable_py(second, orNone(second.as<Exception>()->traceback),
                      strFrom("Exception ignored in sys.unraisablehook"), hook);
}

int64_t tracebackLimit_py() {
  Value limit = krt_sys_get(KSTR(tracebacklimit));
  if (!limit || !krt_int_check(limit))
    return -1;
  int64_t n;
  if (!krt_int_to_i64(krt_int_plain(limit), &n))
    return krt_int_sign(krt_int_plain(limit)) < 0 ? 0 : -1;
  return n < 0 ? 0 : n;
}

} // namespace

/// Site, which is not imported at the start, puts its own in the place of this one.
Value krt_sys_interactiveHook_py() {
  Value own = krt_sys_get(strIntern("__interactivehook__")), importer = TRY(krt_builtin_py(KSTR(__import__)));
  TRY(krt_call1_py(importer, strIntern("site")));
  Value hook = krt_sys_get(strIntern("__interactivehook__"));
  return hook && hook != own ? krt_call0_py(hook) : kNone;
}

Value krt_sys_unraisablehook_py(Value unraisable) {
  if (classOf(unraisable) != &unraisableArgsClass)
    return krt_raise(kTypeError, "sys.unraisablehook argument type must be UnraisableHookArgs");
  const Value *fields = unraisable.as<Tuple>()->items;
  if (exceptionCheck(fields[1]))
    reportUnraisable_py(fields[1], fields[2], fields[3], fields[4]);
  return kNone;
}

Value krt_sys_displayhook_py(Value object) {
  if (object == kNone)
    return kNone;
  Dict *builtins = krt_builtins_dict();
  krt_dict_set_str(builtins, KSTR(_), kNone);
  Value file = krt_sys_get(KSTR(stdout));
  if (!file || file == kNone)
    return krt_raise(kRuntimeError, "lost sys.stdout");
  Value text = TRY(krt_repr_py(object));
  if (!krt_call_method_py(file, KSTR(write), &text, 1)) {
    if (!krt_error_clear_if(kUnicodeEncodeError))
      return {};
    // What the stream's encoding does not have is shown escaped.
    Value encoding = TRY(krt_getattr_py(file, KSTR(encoding)));
    Value encodeArgs[2] = {encoding, strIntern("backslashreplace")};
    Value bytes = TRY(krt_call_method_py(text, KSTR(encode), encodeArgs, 2));
    Value decodeArgs[2] = {encoding, strIntern("strict")};
    Value escaped = TRY(krt_call_method_py(bytes, KSTR(decode), decodeArgs, 2));
    TRY(krt_call_method_py(file, KSTR(write), &escaped, 1));
  }
  Value newline = strIntern("\n");
  TRY(krt_call_method_py(file, KSTR(write), &newline, 1));
  krt_dict_set_str(builtins, KSTR(_), object);
  return kNone;
}

static Value ignoredHook_py(std::string_view path) {
  TRY_INT(krt_warn_py(kRuntimeWarning, 0, "Ignoring unimportable $PYTHONBREAKPOINT: \"%s\"",
                      std::string(path).c_str()));
  return kNone;
}

Value krt_sys_breakpointhook_py(ArgSpan args, Dict *kwargs) {
  const char *named = std::getenv("PYTHONBREAKPOINT");
  std::string_view path = named && *named ? named : "pdb.set_trace";
  if (path == "0")
    return kNone;
  size_t dot = path.rfind('.');
  std::string_view module =
      dot == std::string_view::npos ? std::string_view("builtins") : path.substr(0, dot);
  std::string_view name = dot == std::string_view::npos ? path : path.substr(dot + 1);
  if (module.empty())
    return ignoredHook_py(path);
  Value importer = TRY(krt_builtin_py(KSTR(__import__)));
  Value fromlist = krt_tuple_new(1);
  fromlist.as<Tuple>()->items[0] = strIntern(name);
  Value importArgs[4] = {strFrom(module), kNone, kNone, fromlist};
  Value found = krt_call_py(importer, importArgs, 4, nullptr);
  if (!found && !krt_error_matches(kImportError))
    return {};
  Value hook = found ? krt_getattr_optional_py(found, strIntern(name)) : Value();
  krt_error_clear();
  if (!hook)
    return ignoredHook_py(path);
  return krt_call_ex_py(hook, krt_tuple_from(args.data, args.size), kwargs);
}

bool krt_sys_isFinalizing() { return finalizing; }
void sysFinalizing() { finalizing = true; }

// ---- Limits and settings ------------------------------------------------------------------------

int64_t krt_sys_getRecursionLimit() { return krt_thread.depthLimit; }

Value krt_sys_setRecursionLimit(int limit) {
  if (limit < 1)
    return krt_raise(kValueError, "recursion limit must be greater or equal than 1");
  if (krt_thread.depth >= limit)
    return krt_raise(kRecursionError,
                     "cannot set the recursion limit to %d at the recursion depth %d: the limit is too low",
                     limit, static_cast<int>(krt_thread.depth));
  krt_threads_each([](ThreadState *thread, void *data) { thread->depthLimit = *static_cast<int *>(data); },
                   &limit);
  return kNone;
}

double krt_sys_getSwitchInterval() { return krt_lock_interval(); }
Value krt_sys_setSwitchInterval(double interval) {
  if (!(interval > 0))
    return krt_raise(kValueError, "switch interval must be strictly positive");
  krt_lock_set_interval(interval);
  return kNone;
}

int64_t krt_sys_getIntMaxStrDigits() { return krt_int_max_str_digits; }
Value krt_sys_setIntMaxStrDigits(int maxdigits) {
  if (maxdigits != 0 && maxdigits < 640)
    return krt_raise(kValueError, "maxdigits must be 0 or larger than 640");
  krt_int_max_str_digits = maxdigits;
  return kNone;
}

Value krt_sys_getDefaultEncoding() { return strIntern("utf-8"); }
Value krt_sys_getFilesystemEncoding() { return strIntern(krt_system_text.fileNames); }
Value krt_sys_getFilesystemEncodeErrors() { return strIntern("surrogateescape"); }
int64_t krt_sys_getDlopenFlags() { return dlopenFlags; }
Value krt_sys_setDlopenFlags(int flags) {
  dlopenFlags = flags;
  return kNone;
}

// ---- Objects ------------------------------------------------------------------------------------

Value krt_sys_getSizeOf_py(Value object, Value fallback) {
  Value self;
  Value method = krt_special_lookup_py(object, KSTR(__sizeof__), &self);
  Value size;
  if (method)
    size = krt_call_with_self_py(method, self, nullptr, 0, nullptr);
  else if (!errorPending())
    krt_raise(kTypeError, "Type %.100T doesn't define __sizeof__", object);
  if (!size) {
    if (fallback && krt_error_clear_if(kTypeError))
      return fallback;
    return {};
  }
  if (!krt_int_check(size)) {
    if (fallback)
      return fallback;
    return krt_raise(kTypeError, "an integer is required");
  }
  Value plain = krt_int_plain(size);
  if (krt_int_sign(plain) < 0)
    return krt_raise(kValueError, "__sizeof__() should return >= 0");
  int64_t fits;
  if (!krt_int_to_i64(plain, &fits))
    return krt_raise(kOverflowError, "Python int too large to convert to C ssize_t");
  return plain;
}

int64_t krt_sys_getRefCount(Value) { return 2; }

Value krt_sys_intern(Str *string) {
  if (!isExact(string, krt_str_class))
    return krt_raise(kTypeError, "can't intern %.400T", Value(string));
  return krt_str_intern(string);
}

int64_t krt_sys_getAllocatedBlocks() { return static_cast<int64_t>(krt_gc_used() / 64); }
Value krt_sys_clearTypeCache() { return kNone; }
Value krt_sys_debugMallocStats() {
  std::fprintf(stderr, "heap: %zu bytes, used: %zu, collections: %llu\n", krt_gc_heap_size(), krt_gc_used(),
               static_cast<unsigned long long>(krt_gc_count()));
  return kNone;
}

// ---- Frames, tracing ----------------------------------------------------------------------------

Value krt_sys_getFrame_py(int depth) {
  Frame *frame = krt_thread.frame;
  for (; frame && depth > 0; --depth)
    frame = frame->back;
  if (!frame)
    return krt_raise(kValueError, "call stack is not deep enough");
  Value object = krt_frame_object(frame);
  TRY_AUDIT("sys._getframe", object);
  return object;
}

Value krt_sys_currentFrames_py() {
  TRY_AUDIT("sys._current_frames");
  Dict *frames = krt_dict_new();
  krt_threads_each(
      [](ThreadState *thread, void *data) {
        KRT_ALLOW_PY("the keys are integers");
        if (thread->frame)
          krt_dict_set_py(static_cast<Dict *>(data), krt_int_from_u64(thread->id),
                          krt_frame_object(thread->frame));
      },
      frames);
  return frames;
}

Value krt_sys_currentExceptions_py() {
  TRY_AUDIT("sys._current_exceptions");
  Dict *exceptions = krt_dict_new();
  krt_threads_each(
      [](ThreadState *thread, void *data) {
        KRT_ALLOW_PY("the keys are integers");
        Value handled = thread->handled;
        for (HandledLink *link = thread->outerHandled; handled == kNone && link; link = link->outer)
          handled = link->handled;
        Value parts[3] = {kNone, kNone, kNone};
        if (handled != kNone) {
          parts[0] = classOf(handled);
          parts[1] = handled;
          parts[2] = orNone(handled.as<Exception>()->traceback);
        }
        krt_dict_set_py(static_cast<Dict *>(data), krt_int_from_u64(thread->id), krt_tuple_from(parts, 3));
      },
      exceptions);
  return exceptions;
}

Value krt_sys_setTrace_py(Value function) {
  TRY_AUDIT("sys.settrace");
  krt_thread.traceFunction = function == kNone ? Value() : function;
  tracingChanged();
  return kNone;
}
Value krt_sys_getTrace() { return orNone(krt_thread.traceFunction); }
Value krt_sys_setProfile_py(Value function) {
  TRY_AUDIT("sys.setprofile");
  krt_thread.profileFunction = function == kNone ? Value() : function;
  tracingChanged();
  return kNone;
}
Value krt_sys_getProfile() { return orNone(krt_thread.profileFunction); }

Value krt_sys_callTracing_py(Value function, Tuple *args) {
  int32_t before = krt_thread.tracing;
  krt_thread.tracing = 0;
  Value result = krt_call_ex_py(function, args, nullptr);
  krt_thread.tracing = before;
  return result;
}

Value krt_sys_audit_py(Value event, ArgSpan args) {
  if (!strCheck(event))
    return krt_raise(kTypeError, "expected str for argument 'event', not %.200T", event);
  if (!krt_audit_hook_py)
    return kNone;
  Value parts[2] = {event, krt_tuple_from(args.data, args.size)};
  // What the hooks do is not traced, unless they ask for it.
  int32_t outer = krt_thread.tracing++;
  Value result = kNone;
  for (int64_t i = 0; result && i < auditHooks->length; ++i) {
    Value hook = auditHooks->items[i], traced = krt_getattr_optional_py(hook, KSTR(__cantrace__));
    int wanted = traced ? krt_truth_py(traced) : errorPending() ? -1 : 0;
    krt_thread.tracing = outer + !wanted;
    result = wanted >= 0 && krt_call_py(hook, parts, 2, nullptr) ? kNone : Value();
    krt_thread.tracing = outer + 1;
  }
  krt_thread.tracing = outer;
  return result;
}

Value krt_sys_addAuditHook_py(Value hook) {
  if (!krt_sys_audit_py(strIntern("sys.addaudithook"), {nullptr, 0}))
    return krt_error_clear_if(kException) ? kNone : Value(); // a hook may refuse more of them
  if (!auditHooks)
    auditHooks = krt_list_new(1);
  krt_audit_hook_py = [](Str *event, const Value *args, size_t count) {
    return krt_sys_audit_py(event, {args, count}) ? 0 : -1;
  };
  krt_list_append(auditHooks, hook);
  return kNone;
}

// ---- Asynchronous -------------------------------------------------------------------------------

Value krt_sys_getAsyncgenHooks() {
  Value fields[2] = {orNone(krt_thread.asyncgenFirstiter), orNone(krt_thread.asyncgenFinalizer)};
  return krt_structseq_from(&asyncgenHooksClass, fields, 2);
}

Value krt_sys_setAsyncgenHooks_py(Value firstiter, Value finalizer) {
  if (finalizer && finalizer != kNone && !krt_callable(finalizer))
    return krt_raise(kTypeError, "callable finalizer expected, got %.50T", finalizer);
  if (firstiter && firstiter != kNone && !krt_callable(firstiter))
    return krt_raise(kTypeError, "callable firstiter expected, got %.50T", firstiter);
  if (finalizer)
    TRY_AUDIT("sys.set_asyncgen_hook_finalizer");
  if (firstiter)
    TRY_AUDIT("sys.set_asyncgen_hook_firstiter");
  if (finalizer)
    krt_thread.asyncgenFinalizer = finalizer == kNone ? Value() : finalizer;
  if (firstiter)
    krt_thread.asyncgenFirstiter = firstiter == kNone ? Value() : firstiter;
  return kNone;
}

int64_t krt_sys_getCoroutineOriginDepth() { return krt_thread.coroutineOriginDepth; }
Value krt_sys_setCoroutineOriginDepth(int depth) {
  if (depth < 0)
    return krt_raise(kValueError, "depth must be >= 0");
  krt_thread.coroutineOriginDepth = depth;
  return kNone;
}

// ---- Start --------------------------------------------------------------------------------------

void sysFunctionsStart() {
  static const StructSeqField unraisableFields[] = {{"exc_type", "Exception type"},
                                                    {"exc_value", "Exception value"},
                                                    {"exc_traceback", "Exception traceback"},
                                                    {"err_msg", "Error message"},
                                                    {"object", "Object causing the exception"},
                                                    {}};
  static const StructSeqDesc unraisableDesc = {
      "UnraisableHookArgs", "UnraisableHookArgs\n\nType used to pass arguments to sys.unraisablehook.",
      unraisableFields, 5};
  krt_structseq_ready(&unraisableArgsClass, &unraisableDesc);
  static const StructSeqField hookFields[] = {{"firstiter", nullptr}, {"finalizer", nullptr}, {}};
  static const StructSeqDesc hookDesc = {"asyncgen_hooks", "asyncgen_hooks(firstiter, finalizer)", hookFields,
                                         2};
  krt_structseq_ready(&asyncgenHooksClass, &hookDesc);
  krt_unraisable_hook_py = unraisable_py;
  krt_traceback_limit_hook_py = tracebackLimit_py;
}

} // namespace krait
