// handlers_control.h - exceptions, with, imports, pattern matching; the unwinder.
#pragma once

#include "runtime/interp/handlers_call.h"
#include "runtime/interp/tracing.h"

namespace krait {

KRT_HANDLER opPushExc(KRT_STATE) {
  Value exception = regs[pc[2]];
  regs[pc[1]] = krt_thread.handled;
  krt_thread.handled = exception;
  NEXT_OF(PushExc);
}

KRT_HANDLER opPopExc(KRT_STATE) {
  krt_thread.handled = regs[pc[1]];
  NEXT_OF(PopExc);
}

KRT_HANDLER opCheckExcMatch(KRT_STATE) {
  SAVE_PC();
  int match = krt_op_exception_matches_py(regs[pc[2]], regs[pc[3]]);
  RAISE_IF(match < 0);
  regs[pc[1]] = boolean(match);
  NEXT_OF(CheckExcMatch);
}

KRT_HANDLER opCheckEgMatch(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_op_check_eg_match_py(regs[pc[2]], regs[pc[3]], &regs[pc[1]], &regs[pc[1] + 1]) < 0);
  NEXT_OF(CheckEgMatch);
}

KRT_HANDLER opPrepReraiseStar(KRT_STATE) {
  SAVE_PC();
  Value value = krt_op_prep_reraise_star_py(regs[pc[2]], regs[pc[3]].template as<List>());
  RAISE_IF(!value);
  regs[pc[1]] = value;
  NEXT_OF(PrepReraiseStar);
}

KRT_HANDLER opRaise(KRT_STATE) {
  SAVE_PC();
  bool again =
      krt_op_raise_py(pc[1] == kNoReg ? Value() : regs[pc[1]], pc[2] == kNoReg ? Value() : regs[pc[2]]);
  if (again)
    KRT_TAIL raisedAgain<Policy>(KRT_PASS);
  RAISED();
}

/// The frame goes on standing where the exception was raised first: nothing of its own happens here.
KRT_HANDLER opReraise(KRT_STATE) {
  krt_error_restore(regs[pc[1]]);
  KRT_TAIL raisedAgain<Policy>(KRT_PASS);
}

KRT_HANDLER opLoadSpecial(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_op_load_special_py(regs[pc[2]], pc[3], &regs[pc[1]]) < 0);
  NEXT_OF(LoadSpecial);
}

KRT_HANDLER opWithExit(KRT_STATE) {
  Frame *frame = frameOf(regs);
  const CodeWord *raisedAt = frame->pc;
  frame->pc = pc;
  Value *window = regs + pc[2];
  Value result = krt_op_with_exit_py(window[0], window[1], pc[3] == kNoReg ? Value() : regs[pc[3]]);
  RAISE_IF(!result);
  if (pc[3] != kNoReg)
    frame->pc = raisedAt; // for when the exception goes on
  regs[pc[1]] = result;
  NEXT_OF(WithExit);
}

KRT_HANDLER opImportName(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  Value module = krt_op_import_name_py(frame, frame->code->names[wideAt(pc + 2)], regs[pc[4]],
                                       pc[5] == kNoReg ? kNone : regs[pc[5]]);
  RAISE_IF(!module);
  regs[pc[1]] = module;
  NEXT_OF(ImportName);
}

KRT_HANDLER opImportFrom(KRT_STATE) {
  SAVE_PC();
  Value value = krt_op_import_from_py(regs[pc[2]], frameOf(regs)->code->names[wideAt(pc + 3)]);
  RAISE_IF(!value);
  regs[pc[1]] = value;
  NEXT_OF(ImportFrom);
}

KRT_HANDLER opImportStar(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_op_import_star_py(regs[pc[1]], namesOf(frameOf(regs))) < 0);
  NEXT_OF(ImportStar);
}

KRT_HANDLER opGetLen(KRT_STATE) {
  SAVE_PC();
  int64_t length = krt_length_py(regs[pc[2]]);
  RAISE_IF(length < 0);
  regs[pc[1]] = krt_int_from_i64(length);
  NEXT_OF(GetLen);
}

KRT_HANDLER opMatchMapping(KRT_STATE) {
  regs[pc[1]] = boolean(classOf(regs[pc[2]])->flags & kClassMapping);
  NEXT_OF(MatchMapping);
}

KRT_HANDLER opMatchSequence(KRT_STATE) {
  regs[pc[1]] = boolean(classOf(regs[pc[2]])->flags & kClassSequence);
  NEXT_OF(MatchSequence);
}

KRT_HANDLER opMatchKeys(KRT_STATE) {
  SAVE_PC();
  Value values = krt_op_match_keys_py(regs[pc[2]], regs[pc[3]].template as<Tuple>());
  RAISE_IF(!values);
  regs[pc[1]] = values;
  NEXT_OF(MatchKeys);
}

KRT_HANDLER opMatchClass(KRT_STATE) {
  SAVE_PC();
  Value attributes =
      krt_op_match_class_py(regs[pc[2]], regs[pc[3]], pc[4], consts[wideAt(pc + 5)].template as<Tuple>());
  RAISE_IF(!attributes);
  regs[pc[1]] = attributes;
  NEXT_OF(MatchClass);
}

KRT_HANDLER opPrintExpr(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_op_print_expr_py(regs[pc[1]]) < 0);
  NEXT_OF(PrintExpr);
}

// ---- Unwinding ----

/// The handler that covers unit [offset], or null. Inner ranges stand before outer ones.
inline const ExceptionRange *findHandler(const Code *code, uint32_t offset) {
  for (uint32_t i = 0; i < code->rangeCount; ++i)
    if (offset >= code->ranges[i].start && offset < code->ranges[i].end)
      return &code->ranges[i];
  return nullptr;
}

template <class Policy> __attribute__((preserve_none, noinline)) Value raised(KRT_STATE) {
  SAVE_PC();
  krt_frame_traceback(frameOf(regs), pc);
  if (__builtin_expect(krt_tracing_on, 0))
    traceException_py(frameOf(regs));
  KRT_TAIL raisedAgain<Policy>(KRT_PASS);
}

template <class Policy> __attribute__((preserve_none, noinline)) Value raisedAgain(KRT_STATE) {
  for (;;) {
    Frame *frame = frameOf(regs);
    Policy::exception(frame, pc);
    if (const ExceptionRange *range =
            findHandler(frame->code, static_cast<uint32_t>(pc - frame->code->units))) {
      regs[range->reg] = krt_error_take();
      pc = frame->code->units + range->handler;
      caches = frame->code->caches;
      consts = frame->code->consts;
      KRT_TAIL HandlerTable<Policy>::handlers[*pc](KRT_PASS);
    }
    if (__builtin_expect(krt_tracing_on, 0))
      traceLeft_py(frame);
    Frame *back = frame->back;
    bool entry = frame->flags & kFrameEntry;
    if (frame->flags & kFrameGenerator) {
      frame->generator->state = GeneratorState::Finished;
      frame->flags &= ~kFrameEntry;
      krt_thread.frame = back;
      frameDetach(frame);
    } else {
      framePop(frame);
    }
    if (entry)
      return {};
    regs = back->registers;
    pc = back->pc;
    krt_frame_traceback(back, pc);
    if (__builtin_expect(krt_tracing_on, 0))
      traceException_py(back);
  }
}

} // namespace krait
