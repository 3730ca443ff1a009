// jump.cpp - see jump.h. What a place expects of the temporaries follows from the bytecode: which are read later (liveness), and what
// was put into each on the way there (a forward data flow over kinds of contents).
#include "runtime/interp/jump.h"

#include "compiler/frontend/liveness.h"
#include "runtime/abi/code_image.h"
#include "runtime/abi/thread.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"

#include <algorithm>
#include <map>

namespace krait {

namespace {

/// What a temporary holds. The last two stand for one particular instruction that wrote it.
enum class Kind : uint8_t { Unset, Mixed, Iterator, Handled, Exit, Object };
struct Content {
  Kind kind = Kind::Unset;
  uint32_t writer = 0; // of an Object: the instruction's offset
  bool operator==(const Content &) const = default;
};

/// The registers' contents before an instruction, and the registers that hold what was handled outside of each handler entered.
struct State {
  bool reached = false;
  std::vector<Content> contents;
  std::vector<uint16_t> handlers;
};

/// The code of one activation, as far as jumps are concerned.
class JumpMap {
public:
  explicit JumpMap(const Code *code)
      : code_(code), units_(unchecked(code)), ranges_(code->ranges, code->rangeCount),
        liveness_(units_, code->registerCount, ranges_), states_(code->unitCount), constants_(code->registerCount, kUnwritten) {
    firstTemporary_ = code->localCount + static_cast<uint32_t>(code->freevars->length);
    for (int64_t i = 0; i < code->cellvars->length; ++i)
      firstTemporary_ += code->cellRegs[i] >= code->localCount;
    findConstants();
    State start;
    start.reached = true;
    start.contents.resize(code->registerCount);
    reach(0, start);
    while (!work_.empty()) {
      uint32_t at = work_.back();
      work_.pop_back();
      flow(at);
    }
  }

  const State &state(uint32_t at) const { return states_[at]; }
  uint32_t firstTemporary() const { return firstTemporary_; }
  bool live(uint32_t at, uint32_t reg) const { return liveness_.liveBefore(at, static_cast<uint16_t>(reg)); }
  /// Number of the only constant ever put into temporary [reg], or -1.
  int64_t constantIn(uint32_t reg) const {
    return reg >= firstTemporary_ && constants_[reg] < kSeveral ? static_cast<int64_t>(constants_[reg]) : -1;
  }

private:
  static constexpr uint32_t kSeveral = UINT32_MAX - 1, kUnwritten = UINT32_MAX;

  /// The bytecode with CheckLocal taken for a write: behind it the local is bound.
  static std::vector<CodeWord> unchecked(const Code *code) {
    std::vector<CodeWord> units(code->units, code->units + code->unitCount);
    for (uint32_t at = 0; at < code->unitCount; at += opcodeInfo(Opcode(code->units[at])).length)
      if (Opcode(units[at]) == Opcode::CheckLocal)
        units[at] = static_cast<CodeWord>(Opcode::ClearReg);
    static_assert(opcodeInfo(Opcode::CheckLocal).length == opcodeInfo(Opcode::ClearReg).length);
    return units;
  }

  void findConstants() {
    for (uint32_t at = 0; at < units_.size();) {
      DecodedInst inst = decodeInst(units_.data(), at);
      for (uint16_t reg : registerUse(inst).writes) {
        uint32_t constant = inst.op == Opcode::LoadConst ? inst.operands[1] : kSeveral;
        constants_[reg] = constants_[reg] == kUnwritten || constants_[reg] == constant ? constant : kSeveral;
      }
      at += inst.length;
    }
    for (const ExceptionRange &range : ranges_)
      constants_[range.reg] = kSeveral;
  }

  static Kind kindWritten(const DecodedInst &inst) {
    switch (inst.op) {
    case Opcode::GetIter:
    case Opcode::GetAIter:
      return Kind::Iterator;
    case Opcode::PushExc:
      return Kind::Handled;
    case Opcode::LoadSpecial:
      return Kind::Exit;
    default:
      return Kind::Object;
    }
  }

  void reach(uint32_t at, const State &from) {
    State &to = states_[at];
    if (!to.reached) {
      to = from;
      work_.push_back(at);
      return;
    }
    bool changed = false;
    for (size_t i = firstTemporary_; i < to.contents.size(); ++i) {
      Content &held = to.contents[i];
      if (held == from.contents[i] || held.kind == Kind::Mixed)
        continue;
      held = Content{Kind::Mixed};
      changed = true;
    }
    size_t common = 0;
    while (common < to.handlers.size() && common < from.handlers.size() && to.handlers[common] == from.handlers[common])
      ++common;
    changed |= common < to.handlers.size();
    to.handlers.resize(common);
    if (changed)
      work_.push_back(at);
  }

  void flow(uint32_t at) {
    DecodedInst inst = decodeInst(units_.data(), at);
    const OpcodeInfo &info = opcodeInfo(inst.op);
    State state = states_[at];
    if (info.mayRaise)
      for (const ExceptionRange &range : ranges_)
        if (range.start <= at && at < range.end) {
          State caught = state;
          caught.contents[range.reg] = Content{Kind::Handled};
          reach(range.handler, caught);
          break;
        }
    if (inst.op == Opcode::ForIter)
      reach(inst.operands[2], state);
    for (uint16_t reg : registerUse(inst).writes) {
      Kind kind = kindWritten(inst);
      state.contents[reg] = Content{kind, kind == Kind::Object ? at : 0};
    }
    if (inst.op == Opcode::PushExc) {
      state.handlers.push_back(static_cast<uint16_t>(inst.operands[0]));
    } else if (inst.op == Opcode::PopExc) {
      auto found = std::find(state.handlers.begin(), state.handlers.end(), inst.operands[0]);
      state.handlers.erase(found, state.handlers.end());
    }
    for (unsigned i = 0; info.operands[i]; ++i)
      if (info.operands[i] == 'j' && inst.op != Opcode::ForIter)
        reach(inst.operands[i], state);
    if (!info.endsBlock)
      reach(at + inst.length, state);
  }

  const Code *code_;
  std::vector<CodeWord> units_;
  std::span<const ExceptionRange> ranges_;
  Liveness liveness_;
  std::vector<State> states_;
  std::vector<uint32_t> work_;
  std::vector<uint32_t> constants_;
  uint32_t firstTemporary_;
};

const char *explain(Kind wanted) {
  switch (wanted) {
  case Kind::Iterator:
    return "can't jump into the body of a for loop";
  case Kind::Handled:
    return "can't jump into an 'except' block as there's no exception";
  default:
    return "incompatible stacks";
  }
}

/// Can an activation before [from] go on at [to]? Null, or why not; [depth]: how many temporaries [to] needs.
const char *obstacle(const JumpMap &map, const Code *code, uint32_t from, uint32_t to, uint32_t *depth) {
  const State &here = map.state(from), &there = map.state(to);
  *depth = 0;
  const char *why = nullptr;
  for (uint32_t reg = map.firstTemporary(); reg < code->registerCount; ++reg) {
    if (!map.live(to, reg) || map.constantIn(reg) >= 0)
      continue;
    ++*depth;
    Content wanted = there.contents[reg];
    if (!map.live(from, reg) || wanted != here.contents[reg] || wanted.kind == Kind::Unset || wanted.kind == Kind::Mixed)
      why = explain(wanted.kind);
  }
  bool outwards = there.handlers.size() <= here.handlers.size() &&
                  std::equal(there.handlers.begin(), there.handlers.end(), here.handlers.begin());
  return why || outwards ? why : explain(Kind::Handled);
}

/// Prologue instructions, which belong to the line of the `def`.
bool isPrologue(Opcode op) { return op == Opcode::MakeCell || op == Opcode::LoadFree || op == Opcode::ReturnGenerator; }

/// The places where lines begin, by line.
std::multimap<int32_t, uint32_t> lineStarts(const Code *code) {
  std::multimap<int32_t, uint32_t> starts;
  PositionReader reader(code->positions, code->positionsSize, code->firstLine);
  for (int32_t line = -1; reader.next(); line = reader.range().line) {
    uint32_t at = reader.startUnit();
    while (at < reader.endUnit() && isPrologue(Opcode(code->units[at])))
      at += opcodeInfo(Opcode(code->units[at])).length;
    if (reader.range().line >= 0 && reader.range().line != line && at < reader.endUnit())
      starts.emplace(reader.range().line, at);
  }
  return starts;
}

/// Locals that are read at [to] without a look whether they are bound become None. -1 = the warning raised.
int bindLocals_py(Frame *frame, const JumpMap &map, uint32_t to) {
  const Code *code = frame->code;
  int64_t count = 0;
  for (uint32_t reg = 0; reg < code->localCount; ++reg)
    count += map.live(to, reg) && !frame->registers[reg];
  if (count && krt_warn_py(kRuntimeWarning, 0, "assigning None to %d unbound local%s", static_cast<int>(count), count == 1 ? "" : "s") < 0)
    return -1;
  for (uint32_t reg = 0; reg < code->localCount; ++reg)
    if (map.live(to, reg) && !frame->registers[reg])
      frame->registers[reg] = kNone;
  return 0;
}

} // namespace

void frameArrive(Frame *frame, uint32_t from, uint32_t to) {
  const Code *code = frame->code;
  JumpMap map(code);
  for (uint32_t reg = map.firstTemporary(); reg < code->registerCount; ++reg)
    if (int64_t constant = map.constantIn(reg); constant >= 0)
      frame->registers[reg] = code->consts[constant];
  const State &here = map.state(from), &there = map.state(to);
  if (there.handlers.size() < here.handlers.size())
    krt_thread.handled = frame->registers[here.handlers[there.handlers.size()]];
}

int64_t frameJump_py(Frame *frame, uint32_t from, int64_t line) {
  const Code *code = frame->code;
  auto refuse = [](auto... parts) {
    krt_raise(kValueError, parts...);
    return int64_t{-1};
  };
  if (line < static_cast<int64_t>(code->firstLine))
    return refuse("line %d comes before the current code block", static_cast<int>(line));
  std::multimap<int32_t, uint32_t> starts = lineStarts(code);
  auto first = starts.lower_bound(static_cast<int32_t>(line));
  if (first == starts.end())
    return refuse("line %d comes after the current code block", static_cast<int>(line));
  JumpMap map(code);
  if (!map.state(from).reached)
    return refuse("can't jump from unreachable code");
  int64_t best = -1, bestDepth = -1;
  const char *why = nullptr;
  for (auto it = first; it != starts.end() && it->first == first->first; ++it) {
    uint32_t depth;
    const char *trouble = map.state(it->second).reached ? obstacle(map, code, from, it->second, &depth) : "incompatible stacks";
    if (trouble) {
      why = why ? why : trouble;
    } else if (static_cast<int64_t>(depth) > bestDepth) {
      best = it->second;
      bestDepth = depth;
    }
  }
  if (best < 0)
    return refuse(why);
  if (bindLocals_py(frame, map, static_cast<uint32_t>(best)) < 0)
    return -1;
  return best;
}

} // namespace krait
