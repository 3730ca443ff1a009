// handler.h - how opcode handlers look: their signature, operands, dispatch and error exits.
//
// A handler is `preserve_none` and ends in a `musttail` jump to the next one, so that the four words of state
// stay in the registers that C++ calls preserve. Anything that needs more than a few instructions and a call
// goes to a `slow` handler of its own, so that the fast handler has no prologue.
#pragma once

#include "runtime/abi/opcodes.h"
#include "runtime/interp/interp.h"

#include <cstddef>

#define KRT_STATE                                                                                            \
  ::krait::Value *regs, const ::krait::CodeWord *pc, ::krait::SiteCache *caches, ::krait::Value *consts
#define KRT_PASS regs, pc, caches, consts
#define KRT_HANDLER template <class Policy> __attribute__((preserve_none)) ::krait::Value
#define KRT_SLOW template <class Policy> __attribute__((preserve_none, noinline, cold)) ::krait::Value
#define KRT_TAIL [[clang::musttail]] return

namespace krait {

typedef Value(__attribute__((preserve_none)) * Handler)(KRT_STATE);

/// The dispatch table of a policy, generated from Opcodes.def in loop.h.
template <class Policy> struct HandlerTable {
  static const Handler own[kOpcodeCount]; // by opcode
  static Handler handlers[kOpcodeCount];  // where dispatch goes: the same, or tracedStep for all (tracing.h)
};

inline Frame *frameOf(Value *regs) {
  return reinterpret_cast<Frame *>(reinterpret_cast<char *>(regs) - offsetof(Frame, registers));
}

template <Opcode op> constexpr unsigned kLength = opcodeInfo(op).length;

/// The exception is pending and the instruction at pc raised it.
template <class Policy> __attribute__((preserve_none, noinline)) Value raised(KRT_STATE);
/// The same without a traceback entry for this frame.
template <class Policy> __attribute__((preserve_none, noinline)) Value raisedAgain(KRT_STATE);

inline uint32_t wideAt(const CodeWord *at) {
  uint32_t value;
  std::memcpy(&value, at, 4);
  return value;
}
inline int32_t jumpAt(const CodeWord *at) { return static_cast<int32_t>(wideAt(at)); }

} // namespace krait

/// Goes on with the instruction [length] units further.
#define NEXT(length)                                                                                         \
  do {                                                                                                       \
    pc += (length);                                                                                          \
    KRT_TAIL HandlerTable<Policy>::handlers[*pc](KRT_PASS);                                                  \
  } while (0)
#define NEXT_OF(Name) NEXT(kLength<Opcode::Name>)
/// Jumps relative to the end of the instruction.
#define JUMP(length, offset) NEXT(static_cast<ptrdiff_t>(length) + (offset))
#define RAISED() KRT_TAIL raised<Policy>(KRT_PASS)
#define RAISE_IF(condition)                                                                                  \
  do {                                                                                                       \
    if (__builtin_expect(!!(condition), 0))                                                                  \
      RAISED();                                                                                              \
  } while (0)
/// Before any call that may raise, run Python code or look at frames.
#define SAVE_PC() (frameOf(regs)->pc = pc)
