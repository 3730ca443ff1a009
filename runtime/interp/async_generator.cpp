// async_generator.cpp - see async_generator.h. What the generator itself yields travels wrapped (AsyncWrapped), to tell it from
// what the awaitables inside it yield to the event loop.
#include "runtime/interp/async_generator.h"

#include "runtime/abi/native.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/generator_methods.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/sequence.h"

#include "runtime/interp/async_generator.bind.inc"

namespace krait {

namespace {

struct AsyncWrapped : Object {
  Value value;
};

bool isThrow(const AsyncStep *step) { return step->shape->cls == &krt_async_generator_athrow_class; }

AsyncStep *newStep(Class &cls, Generator *generator, Value argument) {
  auto *step = gcNew<AsyncStep>(cls);
  step->generator = generator;
  step->argument = argument;
  return step;
}

/// First use of the generator: the event loop's hooks. -1 = exception pending.
int runHooks(Generator *generator) {
  if (generator->hooksDone)
    return 0;
  generator->hooksDone = 1;
  generator->finalizer = krt_thread.asyncgenFinalizer;
  if (krt_thread.asyncgenFirstiter && krt_thread.asyncgenFirstiter != kNone)
    return krt_call1_py(krt_thread.asyncgenFirstiter, generator) ? 0 : -1;
  return 0;
}

/// What a resumption came to, as the awaitable's own outcome: a value of the generator ends the awaitable (StopIteration), a
/// value for the event loop is passed on.
Value unwrap(Generator *generator, SendStatus status, Value result) {
  if (status == SendStatus::Yield) {
    if (!isExact(result, krt_async_wrapped_value_class))
      return result;
    generator->asyncRunning = 0;
    krt_raise_stop_iteration(result.as<AsyncWrapped>()->value);
    return {};
  }
  generator->asyncRunning = 0;
  if (status == SendStatus::Return) {
    generator->asyncClosed = 1;
    return krt_raise_args(kStopAsyncIteration, nullptr, 0);
  }
  if (krt_error_matches(kStopAsyncIteration) || krt_error_matches(kGeneratorExit))
    generator->asyncClosed = 1;
  return {};
}

Value finishedStep(AsyncStep *step, Value result) {
  if (!result)
    step->state = AsyncStep::Closed;
  return result;
}

Value sendToGenerator(AsyncStep *step, Value value) {
  Generator *generator = step->generator;
  if (step->state == AsyncStep::Closed)
    return krt_raise(kRuntimeError, "cannot reuse already awaited __anext__()/asend()");
  if (step->state == AsyncStep::Initial) {
    if (generator->asyncRunning)
      return krt_raise(kRuntimeError, "anext(): asynchronous generator is already running");
    if (value == kNone)
      value = step->argument;
    step->state = AsyncStep::Iterating;
  }
  generator->asyncRunning = 1;
  Value result;
  SendStatus status = krt_generator_resume_py(generator, value, &result);
  return finishedStep(step, unwrap(generator, status, result));
}

/// The end of an aclose or athrow step.
Value throwOutcome(AsyncStep *step, SendStatus status, Value result) {
  Generator *generator = step->generator;
  bool closing = !step->argument;
  if (closing && status == SendStatus::Yield && isExact(result, krt_async_wrapped_value_class)) {
    generator->asyncRunning = 0;
    step->state = AsyncStep::Closed;
    return krt_raise(kRuntimeError, "async generator ignored GeneratorExit");
  }
  Value outcome = unwrap(generator, status, result);
  if (outcome)
    return outcome;
  step->state = AsyncStep::Closed;
  generator->asyncRunning = 0;
  if (closing && (krt_error_matches(kStopAsyncIteration) || krt_error_matches(kGeneratorExit))) {
    krt_error_clear(); // closed as asked
    return krt_raise_args(kStopIteration, nullptr, 0);
  }
  return {};
}

Value throwIntoGenerator(AsyncStep *step, Value value) {
  Generator *generator = step->generator;
  if (step->state == AsyncStep::Closed)
    return krt_raise(kRuntimeError, "cannot reuse already awaited aclose()/athrow()");
  Value result;
  if (step->state == AsyncStep::Initial) {
    if (generator->asyncRunning) {
      step->state = AsyncStep::Closed;
      return krt_raise(kRuntimeError, step->argument ? "athrow(): asynchronous generator is already running"
                                                     : "aclose(): asynchronous generator is already running");
    }
    if (generator->asyncClosed || generator->state == GeneratorState::Finished) {
      step->state = AsyncStep::Closed;
      return step->argument ? krt_raise_args(kStopAsyncIteration, nullptr, 0) : krt_raise_args(kStopIteration, nullptr, 0);
    }
    if (value != kNone)
      return krt_raise(kRuntimeError, "can't send non-None value to a just-started coroutine");
    step->state = AsyncStep::Iterating;
    generator->asyncRunning = 1;
    if (!step->argument) {
      generator->asyncClosed = 1;
      krt_raise_args(kGeneratorExit, nullptr, 0);
    } else {
      Value *items = step->argument.as<Tuple>()->items;
      if (!throwArguments(items[0], items[1], items[2])) {
        generator->asyncRunning = 0;
        step->state = AsyncStep::Closed;
        return {};
      }
    }
    SendStatus status = krt_generator_throw_py(generator, &result);
    return throwOutcome(step, status, result);
  }
  SendStatus status = krt_generator_resume_py(generator, value, &result);
  return throwOutcome(step, status, result);
}

Value stepNext(Value self) { return krt_async_step_send_py(self, kNone); }

Value anext(Value self) {
  if (runHooks(self.as<Generator>()) < 0)
    return {};
  return newStep(krt_async_generator_asend_class, self.as<Generator>(), kNone);
}

Value repr(Value self) {
  auto *generator = self.as<Generator>();
  return krt_str_format("<async_generator object %S at %p>", generator->qualname, static_cast<const void *>(generator));
}

} // namespace

extern "C" {

Value krt_async_wrap_value(Value value) {
  auto *wrapped = gcNew<AsyncWrapped>(krt_async_wrapped_value_class);
  wrapped->value = value;
  return wrapped;
}

Value krt_async_generator_asend_py(Generator *self, Value value) {
  if (runHooks(self) < 0)
    return {};
  return newStep(krt_async_generator_asend_class, self, value);
}

Value krt_async_generator_athrow_py(Generator *self, Value type, Value value, Value traceback) {
  if (runHooks(self) < 0)
    return {};
  Value parts[3] = {type, value ? value : kNone, traceback ? traceback : kNone};
  return newStep(krt_async_generator_athrow_class, self, krt_tuple_from(parts, 3));
}

Value krt_async_generator_aclose_py(Generator *self) {
  if (runHooks(self) < 0)
    return {};
  return newStep(krt_async_generator_athrow_class, self, Value());
}

bool krt_async_generator_running(Generator *self) { return self->asyncRunning; }

Value krt_async_step_send_py(Value self, Value value) {
  auto *step = self.as<AsyncStep>();
  return isThrow(step) ? throwIntoGenerator(step, value) : sendToGenerator(step, value);
}

Value krt_async_step_throw_py(Value self, Value type, Value value, Value traceback) {
  auto *step = self.as<AsyncStep>();
  if (step->state == AsyncStep::Closed)
    return krt_raise(kRuntimeError, isThrow(step) ? "cannot reuse already awaited aclose()/athrow()"
                                                  : "cannot reuse already awaited __anext__()/asend()");
  if (!throwArguments(type, value, traceback))
    return {};
  Value result;
  SendStatus status = krt_generator_throw_py(step->generator, &result);
  if (isThrow(step))
    return throwOutcome(step, status, result);
  return finishedStep(step, unwrap(step->generator, status, result));
}

Value krt_async_step_close(Value self) {
  self.as<AsyncStep>()->state = AsyncStep::Closed;
  return kNone;
}

Class krt_async_wrapped_value_class = {.nativeName = "async_generator_wrapped_value", .basicSize = sizeof(AsyncWrapped)};
Class krt_async_generator_asend_class = {
    .nativeName = "async_generator_asend",
    .basicSize = sizeof(AsyncStep),
    .slots = {.iter = iteratorSelf, .next = stepNext, .await = iteratorSelf},
    .methods = krt_async_generator_asend_defs,
};
Class krt_async_generator_athrow_class = {
    .nativeName = "async_generator_athrow",
    .basicSize = sizeof(AsyncStep),
    .slots = {.iter = iteratorSelf, .next = stepNext, .await = iteratorSelf},
    .methods = krt_async_generator_athrow_defs,
};
Class krt_async_generator_class = {
    .flags = kClassWeakref,
    .nativeName = "async_generator",
    .basicSize = sizeof(Generator),
    .slots = {.repr = repr, .aiter = iteratorSelf, .anext = anext},
    .methods = krt_async_generator_defs,
    .doc = krt_async_generator_doc,
};

} // extern "C"
} // namespace krait
