// The verifier. First a linear scan decodes and checks each instruction by itself; then a forward data flow
// over instructions proves that registers are written before they are read.
#include "compiler/frontend/verify_code.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace krait {

namespace {

class Verifier {
public:
  explicit Verifier(const CodeUnit &unit) : unit_(unit) {}

  std::string run() {
    if (scan() && checkTables())
      flow();
    return error_;
  }

private:
  [[gnu::format(printf, 2, 3)]] bool fail(const char *format, ...) {
    if (!error_.empty())
      return false;
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    error_ = unit_.filename + ": " + unit_.qualname + ": " + text;
    return false;
  }

  bool scan() {
    uint32_t sites = 0, size = uint32_t(unit_.units.size());
    instAt_.assign(size + 1, ~0u);
    for (uint32_t at = 0; at < size;) {
      if (unit_.units[at] >= kOpcodeCount)
        return fail("unit %u: unknown opcode %u", at, unit_.units[at]);
      const OpcodeInfo &info = opcodeInfo(Opcode(unit_.units[at]));
      if (info.length > size - at)
        return fail("unit %u: truncated %s", at, info.name);
      instAt_[at] = uint32_t(insts_.size());
      insts_.push_back(decodeInst(unit_.units.data(), at));
      for (unsigned i = 0; i < info.operandCount; ++i)
        if (!checkOperand(insts_.back(), info, i, sites))
          return false;
      at += info.length;
    }
    if (insts_.empty() || !opcodeInfo(insts_.back().op).endsBlock)
      return fail("code runs off its end");
    if (sites != unit_.nsites)
      return fail("%u sites, but nsites is %u", sites, unit_.nsites);
    for (const DecodedInst &inst : insts_)
      if (!checkJump(inst) || !checkMeaning(inst))
        return false;
    return true;
  }

  bool checkOperand(const DecodedInst &inst, const OpcodeInfo &info, unsigned i, uint32_t &sites) {
    uint32_t value = inst.operands[i];
    switch (info.operands[i]) {
    case 'o':
      if (value == kNoReg)
        return true;
      [[fallthrough]];
    case 'w':
    case 'r':
    case 'x':
      return value < unit_.nregs ||
             fail("unit %u: %s: register %u of %u", inst.offset, info.name, value, unit_.nregs);
    case 'b': {
      RegisterRun run = registerRun(inst.op, inst.operands);
      return run.count == 0 || run.first + run.count <= unit_.nregs ||
             fail("unit %u: %s: registers %u to %u of %u", inst.offset, info.name, run.first,
                  run.first + run.count, unit_.nregs);
    }
    case 'k':
      return value < unit_.consts.size() || fail("unit %u: %s: constant %u", inst.offset, info.name, value);
    case 'n':
      return value < unit_.names.size() || fail("unit %u: %s: name %u", inst.offset, info.name, value);
    case 's':
      return value == sites++ || fail("unit %u: %s: site %u out of order", inst.offset, info.name, value);
    default:
      return true;
    }
  }

  /// What the meaning of single opcodes asks of their operands.
  bool checkMeaning(const DecodedInst &inst) {
    const char *name = opcodeInfo(inst.op).name;
    auto constant = [&](unsigned i) -> const Constant & { return unit_.consts[inst.operands[i]]; };
    switch (inst.op) {
    case Opcode::CheckLocal:
    case Opcode::DeleteLocal:
      return inst.operands[0] < unit_.nlocals() ||
             fail("unit %u: %s of register %u, which is no local", inst.offset, name, inst.operands[0]);
    case Opcode::LoadFree:
      return (inst.operands[0] == unit_.firstFreeReg() && inst.operands[1] == unit_.freevars.size()) ||
             fail("unit %u: %s of other registers than those of the free variables", inst.offset, name);
    case Opcode::MakeFunction:
      return constant(1).kind == ConstKind::Code || fail("unit %u: %s of no code", inst.offset, name);
    case Opcode::CallKw:
    case Opcode::CallMethodKw:
    case Opcode::MatchClass: {
      const Constant &names = constant(inst.op == Opcode::MatchClass ? 4 : 3);
      bool strings = names.kind == ConstKind::Tuple;
      for (const Constant &item : names.items)
        strings &= item.kind == ConstKind::Str;
      bool fits = inst.op == Opcode::MatchClass || names.items.size() <= inst.operands[2];
      return (strings && fits) || fail("unit %u: %s with malformed names", inst.offset, name);
    }
    case Opcode::ReturnGenerator:
      return (inst.offset == 0 && unit_.isGeneratorLike()) ||
             fail("unit %u: %s out of place", inst.offset, name);
    case Opcode::Yield:
    case Opcode::YieldFrom:
      return Opcode(unit_.units[0]) == Opcode::ReturnGenerator ||
             fail("unit %u: %s in no generator", inst.offset, name);
    default:
      return true;
    }
  }

  bool checkJump(const DecodedInst &inst) {
    const OpcodeInfo &info = opcodeInfo(inst.op);
    if (info.jumpUnit < 0)
      return true;
    uint32_t target = jumpTarget(inst);
    if (target >= unit_.units.size() || instAt_[target] == ~0u)
      return fail("unit %u: %s leads to unit %u, which is no instruction", inst.offset, info.name, target);
    bool backwards = target <= inst.offset;
    if (backwards != (inst.op == Opcode::LoopBack))
      return fail("unit %u: %s leads %s", inst.offset, info.name, backwards ? "backwards" : "forwards");
    return true;
  }

  static uint32_t jumpTarget(const DecodedInst &inst) {
    const OpcodeInfo &info = opcodeInfo(inst.op);
    for (unsigned i = 0; i < info.operandCount; ++i)
      if (info.operands[i] == 'j')
        return inst.operands[i];
    return ~0u;
  }

  bool checkTables() {
    uint32_t end = 0, size = uint32_t(unit_.units.size());
    for (const ExceptionRange &r : unit_.handlers) {
      if (r.start < end || r.end <= r.start || r.end > size || (r.end < size && instAt_[r.end] == ~0u) ||
          instAt_[r.start] == ~0u)
        return fail("exception range %u to %u", r.start, r.end);
      if (r.handler >= size || instAt_[r.handler] == ~0u || r.reg >= unit_.nregs)
        return fail("exception range %u to %u: handler %u, register %u", r.start, r.end, r.handler, r.reg);
      end = r.end;
    }
    PositionReader reader(unit_.positions.data(), unit_.positions.size(), unit_.firstLine);
    while (reader.next())
      if (reader.endUnit() > size || instAt_[reader.startUnit()] == ~0u)
        return fail("position table: units %u to %u", reader.startUnit(), reader.endUnit());
    if (reader.endUnit() != size)
      return fail("position table covers %u of %u units", reader.endUnit(), size);
    if (unit_.cellRegs.size() != unit_.cellvars.size() || unit_.firstTempReg() > unit_.nregs)
      return fail("registers of cells");
    return true;
  }

  // ---- Registers are written before they are read ----

  using Row = std::vector<uint64_t>;

  static bool test(const Row &row, uint32_t reg) { return row[reg / 64] >> (reg % 64) & 1; }
  static void set(Row &row, uint32_t reg) { row[reg / 64] |= 1ull << (reg % 64); }
  static void clear(Row &row, uint32_t reg) { row[reg / 64] &= ~(1ull << (reg % 64)); }

  void flow() {
    markLeaders();
    Row state((unit_.nregs + 63) / 64 + 1);
    uint32_t parameters = unit_.argcount + unit_.kwonlyargcount + !!(unit_.flags & kCodeVarArgs) +
                          !!(unit_.flags & kCodeVarKeywords);
    for (uint32_t i = 0; i < parameters; ++i)
      set(state, i);
    in_.assign(insts_.size(), {});
    enter(0, state);
    while (!work_.empty() && error_.empty()) {
      uint32_t i = work_.back();
      work_.pop_back();
      state = in_[i];
      runBlock(i, state);
    }
  }

  void markLeaders() {
    leader_.assign(insts_.size() + 1, false);
    leader_[0] = true;
    for (size_t i = 0; i < insts_.size(); ++i) {
      if (uint32_t target = jumpTarget(insts_[i]); target != ~0u)
        leader_[instAt_[target]] = leader_[i + 1] = true;
    }
    for (const ExceptionRange &r : unit_.handlers)
      leader_[instAt_[r.handler]] = true;
  }

  void enter(uint32_t i, const Row &state) {
    if (in_[i].empty()) {
      in_[i] = state;
      work_.push_back(i);
      return;
    }
    bool changed = false;
    for (size_t w = 0; w < state.size(); ++w) {
      uint64_t both = in_[i][w] & state[w];
      changed |= both != in_[i][w];
      in_[i][w] = both;
    }
    if (changed)
      work_.push_back(i);
  }

  void runBlock(uint32_t i, Row &state) {
    for (;; ++i) {
      const DecodedInst &inst = insts_[i];
      const OpcodeInfo &info = opcodeInfo(inst.op);
      if (!checkReads(inst, info, state))
        return;
      if (info.mayRaise)
        if (const ExceptionRange *r = unit_.handlerAt(inst.offset)) {
          Row handler = state;
          set(handler, r->reg);
          enter(instAt_[r->handler], handler);
        }
      if (uint32_t target = jumpTarget(inst); target != ~0u)
        enter(instAt_[target], state);
      if (info.endsBlock)
        return;
      applyWrites(inst, info, state);
      if (leader_[i + 1])
        return enter(i + 1, state);
    }
  }

  bool checkReads(const DecodedInst &inst, const OpcodeInfo &info, const Row &state) {
    bool mayBeUnbound =
        inst.op == Opcode::CheckLocal || inst.op == Opcode::DeleteLocal || inst.op == Opcode::MakeCell;
    for (unsigned i = 0; i < info.operandCount; ++i) {
      char kind = info.operands[i];
      bool reads = kind == 'r' || kind == 'x' || (kind == 'o' && inst.operands[i] != kNoReg);
      if (reads && !mayBeUnbound && !test(state, inst.operands[i]))
        return fail("unit %u: %s reads register %u, which may be unwritten", inst.offset, info.name,
                    inst.operands[i]);
    }
    RegisterRun run = registerRun(inst.op, inst.operands);
    for (uint32_t k = 0; !run.written && k < run.count; ++k)
      if (!(run.skipsSecond && k == 1) && !test(state, run.first + k))
        return fail("unit %u: %s reads register %u, which may be unwritten", inst.offset, info.name,
                    run.first + k);
    return true;
  }

  void applyWrites(const DecodedInst &inst, const OpcodeInfo &info, Row &state) {
    RegisterRun run = registerRun(inst.op, inst.operands);
    // A call leaves its window undefined.
    if (!run.written &&
        (inst.op == Opcode::Call || inst.op == Opcode::CallKw || inst.op == Opcode::CallMethod ||
         inst.op == Opcode::CallMethodKw || inst.op == Opcode::CallEx))
      for (uint32_t k = 0; k < run.count; ++k)
        clear(state, run.first + k);
    for (unsigned i = 0; i < info.operandCount; ++i)
      if (info.operands[i] == 'w' || info.operands[i] == 'x')
        set(state, inst.operands[i]);
    for (uint32_t k = 0; run.written && k < run.count; ++k)
      set(state, run.first + k);
    if (inst.op == Opcode::DeleteLocal || inst.op == Opcode::ClearReg)
      clear(state, inst.operands[0]);
    if (inst.op == Opcode::CheckLocal)
      set(state, inst.operands[0]);
  }

  const CodeUnit &unit_;
  std::string error_;
  std::vector<DecodedInst> insts_;
  std::vector<uint32_t> instAt_;
  std::vector<bool> leader_;
  std::vector<Row> in_;
  std::vector<uint32_t> work_;
};

} // namespace

std::string verifyCode(const CodeUnit &unit, bool nested) {
  std::string error = Verifier(unit).run();
  if (error.empty() && nested)
    for (const Constant &c : unit.consts)
      if (c.kind == ConstKind::Code && error.empty())
        error = verifyCode(*c.code);
  return error;
}

} // namespace krait
