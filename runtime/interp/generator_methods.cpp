// generator_methods.cpp - see generator_methods.h.
#include "runtime/interp/generator_methods.h"

#include "runtime/abi/native.h"
#include "runtime/interp/frame_object.h"
#include "runtime/interp/generator.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/class.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/sequence.h"

#include "runtime/interp/generator_methods.bind.inc"

namespace krait {

extern "C" Value krt_coroutine_origin(Frame *caller);

namespace {

/// RuntimeWarning through the warnings module if it is loaded; leaves no exception pending.
void warnUnawaited(Generator *generator) {
  Value warnings = krt_import_loaded_py(strIntern("warnings"));
  Value warn = warnings ? krt_getattr_optional_py(warnings, KSTR(_warn_unawaited_coroutine)) : Value();
  bool warned = warn && (krt_call1_py(warn, generator) || krt_error_matches(kRuntimeWarning));
  if (errorPending())
    krt_error_unraisable(generator);
  if (!warned)
    krt_warn_py(kRuntimeWarning, 1, "coroutine '%S' was never awaited", generator->qualname);
  if (errorPending())
    krt_error_unraisable(generator);
}

struct CoroutineWrapper : Object { // what coroutine.__await__() gives
  Value coroutine;
};

Value repr(Value self) {
  auto *generator = self.as<Generator>();
  return krt_str_format("<%T object %S at %p>", self, generator->qualname,
                        static_cast<const void *>(generator));
}

Value awaitCoroutine(Value self) {
  auto *wrapper = gcNew<CoroutineWrapper>(krt_coroutine_wrapper_class);
  wrapper->coroutine = self;
  return wrapper;
}

SendStatus sendSlot(Value self, Value value, Value *result) {
  return krt_generator_resume_py(self.as<Generator>(), value, result);
}

Value wrapperNext(Value self) { return krt_generator_next_py(self.as<CoroutineWrapper>()->coroutine); }

SendStatus wrapperSend(Value self, Value value, Value *result) {
  return krt_generator_resume_py(self.as<CoroutineWrapper>()->coroutine.as<Generator>(), value, result);
}

/// Finalizer of suspended generators with something to run, and of coroutines never awaited.
void finalize(Object *object) {
  auto *generator = static_cast<Generator *>(object);
  if (generator->state == GeneratorState::Created && (generator->frame.code->flags & kCodeCoroutine)) {
    warnUnawaited(generator);
    return;
  }
  if (generator->state != GeneratorState::Suspended)
    return;
  Value saved = krt_error_take();
  if (generator->frame.code->flags & kCodeAsyncGenerator && generator->finalizer) {
    if (!krt_call1_py(generator->finalizer, generator))
      krt_error_unraisable(generator);
  } else if (!krt_generator_close_py(generator)) {
    krt_error_unraisable(generator);
  }
  if (saved)
    krt_error_restore(saved);
}

/// Whether leaving the suspended activation unfinished could be noticed: some handler or `finally` covers a
/// yield.
bool needsFinalizer(const Code *code) { return code->rangeCount > (code->flags & kCodeCoroutine ? 1u : 0u); }

} // namespace

bool throwArguments(Value type, Value value, Value traceback) {
  if (traceback && traceback != kNone && !isExact(traceback, krt_traceback_class)) {
    krt_raise(kTypeError, "throw() third argument must be a traceback object");
    return false;
  }
  Value instance;
  if (hasClassFlag(type, kClassTypeSub) && (type.as<Class>()->flags & kClassExceptionSub)) {
    if (!value || value == kNone)
      instance = krt_call0_py(type);
    else if (krt_instance(value, type.as<Class>()))
      instance = value;
    else if (hasClassFlag(value, kClassTupleSub))
      instance = krt_call_ex_py(type, value.as<Tuple>(), nullptr);
    else
      instance = krt_call1_py(type, value);
    if (!instance)
      return true; // the generator gets this exception instead
    if (!hasClassFlag(instance, kClassExceptionSub)) {
      krt_raise(kTypeError, "calling %R should have returned an instance of BaseException, not %T", type,
                instance);
      return true;
    }
  } else if (hasClassFlag(type, kClassExceptionSub)) {
    if (value && value != kNone) {
      krt_raise(kTypeError, "instance exception may not have a separate value");
      return false;
    }
    instance = type;
  } else {
    krt_raise(kTypeError, "exceptions must be classes or instances deriving from BaseException, not %T",
              type);
    return false;
  }
  if (traceback && traceback != kNone)
    instance.as<Exception>()->traceback = traceback;
  krt_error_restore(instance);
  return true;
}

void generatorCleared(Generator *generator) {
  if (generator->state != GeneratorState::Created)
    return;
  if (generator->frame.code->flags & kCodeCoroutine)
    warnUnawaited(generator);
  generator->state = GeneratorState::Finished;
}

extern "C" {

void krt_generator_made(Generator *generator, Frame *caller) {
  if (needsFinalizer(generator->frame.code) ||
      (generator->frame.code->flags & (kCodeCoroutine | kCodeAsyncGenerator)))
    krt_gc_set_finalizer(generator, finalize);
  if ((generator->frame.code->flags & kCodeCoroutine) && krt_thread.coroutineOriginDepth > 0)
    generator->origin = krt_coroutine_origin(caller);
}

Value krt_generator_sendMethod_py(Generator *self, Value value) {
  Value result;
  SendStatus status = krt_generator_resume_py(self, value, &result);
  return krt_generator_outcome(status, result);
}

Value krt_generator_throwMethod_py(Generator *self, Value type, Value value, Value traceback) {
  if (!throwArguments(type, value, traceback))
    return {};
  Value result;
  return krt_generator_outcome(krt_generator_throw_py(self, &result), result);
}

Value krt_generator_closeMethod_py(Generator *self) { return krt_generator_close_py(self); }

Value krt_generator_name(Generator *self) { return self->name; }
bool krt_generator_setName(Generator *self, Value value) {
  if (!value || !strCheck(value)) {
    krt_raise(kTypeError, "__name__ must be set to a string object");
    return false;
  }
  self->name = value;
  return true;
}
Value krt_generator_qualname(Generator *self) { return self->qualname; }
bool krt_generator_setQualname(Generator *self, Value value) {
  if (!value || !strCheck(value)) {
    krt_raise(kTypeError, "__qualname__ must be set to a string object");
    return false;
  }
  self->qualname = value;
  return true;
}
/// Tells hooks that [name] of a generator, coroutine or asynchronous generator is read; -1 = exception
/// pending.
static int auditRead_py(Generator *self, const char *name) {
  if (!auditing())
    return 0;
  Value object = self;
  const char *kind = isExact(object, krt_coroutine_class)         ? "cr_"
                     : isExact(object, krt_async_generator_class) ? "ag_"
                                                                  : "gi_";
  return audit_py("object.__getattr__", {object, krt_str_format("%s%s", kind, name)});
}
Value krt_generator_frame_py(Generator *self) {
  TRY_INT(auditRead_py(self, "frame"));
  return self->state == GeneratorState::Finished ? kNone : Value(krt_frame_object(&self->frame));
}
Value krt_generator_code_py(Generator *self) {
  TRY_INT(auditRead_py(self, "code"));
  return self->frame.code;
}
bool krt_generator_running(Generator *self) { return self->state == GeneratorState::Running; }
bool krt_generator_suspended(Generator *self) { return self->state == GeneratorState::Suspended; }
Value krt_generator_awaited(Generator *self) {
  Value inner = krt_generator_delegate(self);
  return inner ? inner : kNone;
}
Value krt_generator_origin(Generator *self) { return self->origin; }

/// (file, line, function) of [caller] and its callers, innermost first, as many as
/// sys.set_coroutine_origin_tracking_depth asked for.
Value krt_coroutine_origin(Frame *frame) {
  List *frames = krt_list_new(0);
  for (int32_t i = 0; frame && i < krt_thread.coroutineOriginDepth; ++i, frame = frame->back) {
    Value entry[3] = {frame->code->filename, smallInt(krt_frame_line(frame)), frame->code->name};
    krt_list_append(frames, krt_tuple_from(entry, 3));
  }
  return krt_tuple_from(frames->items, frames->length);
}

Value krt_coroutine_wrapper_send_py(Value self, Value value) {
  return krt_generator_sendMethod_py(self.as<CoroutineWrapper>()->coroutine.as<Generator>(), value);
}
Value krt_coroutine_wrapper_throw_py(Value self, Value type, Value value, Value traceback) {
  return krt_generator_throwMethod_py(self.as<CoroutineWrapper>()->coroutine.as<Generator>(), type, value,
                                      traceback);
}
Value krt_coroutine_wrapper_close_py(Value self) {
  return krt_generator_close_py(self.as<CoroutineWrapper>()->coroutine);
}

Class krt_generator_class = {
    .flags = kClassWeakref,
    .nativeName = "generator",
    .basicSize = sizeof(Generator),
    .slots = {.repr = repr, .iter = iteratorSelf, .next = krt_generator_next_py, .send = sendSlot},
    .methods = krt_generator_defs,
    .doc = krt_generator_doc,
};
Class krt_coroutine_class = {
    .flags = kClassWeakref,
    .nativeName = "coroutine",
    .basicSize = sizeof(Generator),
    .slots = {.repr = repr, .send = sendSlot, .await = awaitCoroutine},
    .methods = krt_coroutine_defs,
    .doc = krt_coroutine_doc,
};
Class krt_coroutine_wrapper_class = {
    .nativeName = "coroutine_wrapper",
    .basicSize = sizeof(CoroutineWrapper),
    .slots = {.iter = iteratorSelf, .next = wrapperNext, .send = wrapperSend},
    .methods = krt_coroutine_wrapper_defs,
};

} // extern "C"
} // namespace krait
