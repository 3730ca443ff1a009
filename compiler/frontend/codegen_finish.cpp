// From the instruction list to a CodeUnit: constants get their registers, jumps are threaded, dead code and
// needless checks go, registers get their final numbers, and the tables are written.
#include "compiler/frontend/codegen.h"
#include "compiler/frontend/disassemble.h"
#include "compiler/frontend/verify_code.h"

#include <algorithm>

namespace krait {

namespace {

/// Index of the jump operand of [op], or -1. The site, which Inst does not hold, always comes last.
int jumpOperand(Opcode op) {
  const OpcodeInfo &info = opcodeInfo(op);
  for (unsigned i = 0; i < info.operandCount; ++i)
    if (info.operands[i] == 'j')
      return int(i);
  return -1;
}

struct JumpTable {
  int8_t operand[kOpcodeCount];
  JumpTable() {
    for (unsigned i = 0; i < kOpcodeCount; ++i)
      operand[i] = int8_t(jumpOperand(Opcode(i)));
  }
};
const JumpTable kJumps;

/// Calls [use] for each register that [inst] reads.
template <typename F> void forEachRead(const Inst &inst, F use) {
  const char *kinds = opcodeInfo(inst.op).operands;
  for (unsigned i = 0; kinds[i]; ++i)
    if (kinds[i] == 'r' || kinds[i] == 'x' || (kinds[i] == 'o' && inst.ops[i] != kAbsent))
      use(const_cast<uint32_t &>(inst.ops[i]));
}

/// Calls [define] for each register that [inst] writes.
template <typename F> void forEachWrite(const Inst &inst, F define) {
  const char *kinds = opcodeInfo(inst.op).operands;
  for (unsigned i = 0; kinds[i]; ++i)
    if (kinds[i] == 'w' || kinds[i] == 'x')
      define(inst.ops[i]);
  RegisterRun run = registerRun(inst.op, inst.ops);
  if (run.written)
    for (uint32_t i = 0; i < run.count; ++i)
      define(run.first + i);
}

/// The conditional jump that is taken when [op] is not, or Nop.
Opcode inverse(Opcode op) {
#define PAIR(A, B)                                                                                           \
  case Opcode::JumpIf##A:                                                                                    \
    return Opcode::JumpIf##B;                                                                                \
  case Opcode::JumpIf##B:                                                                                    \
    return Opcode::JumpIf##A;
  switch (op) {
    PAIR(True, False)
    PAIR(None, NotNone)
    PAIR(Is, IsNot)
    PAIR(In, NotIn)
    PAIR(Lt, NotLt)
    PAIR(Le, NotLe)
    PAIR(Eq, NotEq)
    PAIR(Ne, NotNe)
    PAIR(Gt, NotGt)
    PAIR(Ge, NotGe)
  default:
    return Opcode::Nop;
  }
#undef PAIR
}

bool unbinds(Opcode op) { return op == Opcode::DeleteLocal || op == Opcode::ClearReg; }

} // namespace

class Layout {
public:
  explicit Layout(CodeGen &gen) : gen_(gen), code_(gen.code_), labels_(gen.labels_), unit_(*gen.unit_) {}

  void run() {
    placeConstants();
    copyExits();
    invertJumps();
    threadJumps();
    removeDead();
    removeChecks();
    inheritPositions();
    encode();
    writeRanges();
    writePositions();
    writeVariables();
    unit_.hash = structuralHash(unit_);
  }

private:
  /// Replaces [code_] by [fresh]; [where] tells for each old index (and the end) the new one.
  void replace(std::vector<Inst> &fresh, const std::vector<uint32_t> &where) {
    code_.swap(fresh);
    for (uint32_t &label : labels_)
      if (label != ~0u)
        label = where[label];
  }

  // ---- Constants as operands ----
  // In a loop each has a register that is loaded before the outermost loop, and never holds anything else;
  // outside it is loaded just before its use.

  static constexpr uint32_t kMaxLoopConstants = 64;

  void placeConstants() {
    bool any = false;
    for (const Inst &inst : code_)
      forEachRead(inst, [&](uint32_t &reg) { any |= isConstReg(reg); });
    if (!any)
      return;
    std::unordered_map<uint32_t, uint32_t> regs; // constant -> number behind the temporaries
    std::vector<std::vector<uint32_t>> perLoop(gen_.loops_.size());
    for (size_t l = 0; l < gen_.loops_.size(); ++l)
      for (uint32_t i = gen_.loops_[l].first; i < gen_.loops_[l].second; ++i)
        forEachRead(code_[i], [&](uint32_t &reg) {
          if (!isConstReg(reg))
            return;
          uint32_t k = reg - kConstBank;
          if (regs.size() >= kMaxLoopConstants && !regs.count(k))
            return;
          regs.try_emplace(k, uint32_t(regs.size()));
          if (std::find(perLoop[l].begin(), perLoop[l].end(), k) == perLoop[l].end())
            perLoop[l].push_back(k);
        });
    Reg base = kTempBank + gen_.maxTemp_, scratch = base + uint32_t(regs.size());
    uint32_t mostScratch = 0;
    std::vector<Inst> fresh;
    std::vector<uint32_t> where(code_.size() + 1);
    fresh.reserve(code_.size() + code_.size() / 8 + 8);
    auto load = [&](Reg reg, uint32_t k, const Inst &like) {
      Inst &inst = fresh.emplace_back();
      inst.op = Opcode::LoadConst;
      inst.region = like.region;
      inst.loc = like.loc;
      inst.ops[0] = reg;
      inst.ops[1] = k;
    };
    size_t loop = 0;
    for (uint32_t i = 0; i < code_.size(); ++i) {
      where[i] = uint32_t(fresh.size());
      while (loop < gen_.loops_.size() && i >= gen_.loops_[loop].second)
        ++loop;
      bool inLoop = loop < gen_.loops_.size() && i >= gen_.loops_[loop].first;
      if (inLoop && i == gen_.loops_[loop].first)
        for (uint32_t k : perLoop[loop])
          load(base + regs[k], k, code_[i]);
      uint32_t used = 0;
      forEachRead(code_[i], [&](uint32_t &reg) {
        if (!isConstReg(reg))
          return;
        uint32_t k = reg - kConstBank;
        if (inLoop && regs.count(k)) {
          reg = base + regs[k];
          return;
        }
        reg = scratch + used++;
        load(reg, k, code_[i]);
      });
      mostScratch = std::max(mostScratch, used);
      fresh.push_back(code_[i]);
    }
    where[code_.size()] = uint32_t(fresh.size());
    replace(fresh, where);
    gen_.maxTemp_ += uint32_t(regs.size()) + mostScratch;
  }

  // ---- Jumps ----

  /// A jump to the implicit `return None` becomes that return, at the position of the jump.
  void copyExits() {
    auto exitOf = [&](const Inst &inst) -> uint32_t {
      if (inst.op != Opcode::Jump)
        return 0;
      uint32_t target = labels_[inst.ops[0]];
      while (target < code_.size() && code_[target].op == Opcode::Nop && code_[target].loc.line < 0)
        ++target;
      bool exits = target + 1 < code_.size() && code_[target].op == Opcode::LoadConst &&
                   code_[target].loc.line < 0 && code_[target + 1].op == Opcode::Return &&
                   code_[target + 1].ops[0] == code_[target].ops[0];
      return exits ? target : 0;
    };
    if (std::none_of(code_.begin(), code_.end(), [&](const Inst &inst) { return exitOf(inst) != 0; }))
      return;
    std::vector<Inst> fresh;
    std::vector<uint32_t> where(code_.size() + 1);
    fresh.reserve(code_.size() + 16);
    for (uint32_t i = 0; i < code_.size(); ++i) {
      where[i] = uint32_t(fresh.size());
      uint32_t exit = exitOf(code_[i]);
      if (!exit) {
        fresh.push_back(code_[i]);
        continue;
      }
      for (uint32_t k : {exit, exit + 1}) {
        fresh.push_back(code_[k]);
        fresh.back().loc = code_[i].loc;
        fresh.back().region = code_[i].region;
      }
    }
    where[code_.size()] = uint32_t(fresh.size());
    replace(fresh, where);
  }

  /// A conditional jump over a jump becomes the opposite jump to where that leads, unless the jump is a line
  /// of its own.
  void invertJumps() {
    std::vector<uint8_t> labelled(code_.size() + 1);
    for (uint32_t label : labels_)
      if (label != ~0u)
        labelled[label] = 1;
    for (uint32_t i = 0; i + 1 < code_.size(); ++i) {
      Inst &jump = code_[i + 1];
      Opcode opposite = jump.op == Opcode::Jump && !labelled[i + 1] ? inverse(code_[i].op) : Opcode::Nop;
      if (opposite == Opcode::Nop || (jump.loc.line >= 0 && jump.loc.line != code_[i].loc.line))
        continue;
      int j = kJumps.operand[unsigned(code_[i].op)];
      if (labels_[code_[i].ops[j]] != i + 2)
        continue;
      code_[i].op = opposite;
      code_[i].ops[j] = jump.ops[0];
      jump = Inst{Opcode::Nop};
    }
  }

  void threadJumps() {
    for (Inst &inst : code_) {
      int j = kJumps.operand[unsigned(inst.op)];
      if (j < 0 || inst.op == Opcode::LoopBack)
        continue;
      threadTruth(inst);
      for (int hops = 0; hops < 16; ++hops) {
        uint32_t target = labels_[inst.ops[j]];
        while (target < code_.size() && code_[target].op == Opcode::Nop && code_[target].loc.line < 0)
          ++target;
        if (target >= code_.size() || code_[target].op != Opcode::Jump || code_[target].ops[0] == inst.ops[j])
          break;
        const Inst &next = code_[target];
        if (next.loc.line >= 0 && next.loc.line != inst.loc.line)
          break;
        inst.ops[j] = next.ops[0];
      }
    }
  }

  /// A test of truth that leads to a test of the same register: the outcome is known, and asking again would
  /// be seen.
  void threadTruth(Inst &inst) {
    auto tests = [](const Inst &i) { return i.op == Opcode::JumpIfTrue || i.op == Opcode::JumpIfFalse; };
    while (tests(inst)) {
      uint32_t target = labels_[inst.ops[1]];
      while (target < code_.size() && code_[target].op == Opcode::Nop && code_[target].loc.line < 0)
        ++target;
      if (target >= code_.size() || !tests(code_[target]) || code_[target].ops[0] != inst.ops[0] ||
          &code_[target] == &inst)
        return;
      if (code_[target].op == inst.op) {
        inst.ops[1] = code_[target].ops[1];
      } else {
        labels_.push_back(target + 1);
        inst.ops[1] = uint32_t(labels_.size() - 1);
      }
    }
  }

  // ---- Dead code, empty instructions ----

  void removeDead() {
    std::vector<uint8_t> live(code_.size());
    markLive(live);
    std::vector<Inst> fresh;
    std::vector<uint32_t> where(code_.size() + 1);
    fresh.reserve(code_.size());
    std::vector<uint8_t> isTarget = targets(live);
    for (uint32_t i = 0; i < code_.size(); ++i) {
      where[i] = uint32_t(fresh.size());
      if (!live[i])
        continue;
      Inst inst = code_[i];
      if (inst.op == Opcode::Jump && leadsToNext(i, live))
        inst.op = Opcode::Nop;
      if (inst.op == Opcode::Nop && needless(i, inst, fresh, live, isTarget))
        continue;
      fresh.push_back(inst);
    }
    where[code_.size()] = uint32_t(fresh.size());
    replace(fresh, where);
  }

  void markLive(std::vector<uint8_t> &live) {
    std::vector<uint32_t> work{0};
    std::vector<uint8_t> handlerSeen(gen_.regions_.size());
    while (!work.empty()) {
      uint32_t i = work.back();
      work.pop_back();
      for (; i < code_.size() && !live[i]; ++i) {
        live[i] = 1;
        const Inst &inst = code_[i];
        const OpcodeInfo &info = opcodeInfo(inst.op);
        if (int j = kJumps.operand[unsigned(inst.op)]; j >= 0)
          work.push_back(labels_[inst.ops[j]]);
        if (info.mayRaise && inst.region >= 0 && !handlerSeen[size_t(inst.region)]) {
          handlerSeen[size_t(inst.region)] = 1;
          work.push_back(labels_[gen_.regions_[size_t(inst.region)].handler]);
        }
        if (info.endsBlock)
          break;
      }
    }
  }

  std::vector<uint8_t> targets(const std::vector<uint8_t> &live) {
    std::vector<uint8_t> result(code_.size() + 1);
    for (uint32_t i = 0; i < code_.size(); ++i)
      if (int j = kJumps.operand[unsigned(code_[i].op)]; live[i] && j >= 0)
        result[labels_[code_[i].ops[j]]] = 1;
    return result;
  }

  bool leadsToNext(uint32_t i, const std::vector<uint8_t> &live) {
    uint32_t target = labels_[code_[i].ops[0]];
    if (target <= i)
      return false;
    for (uint32_t k = i + 1; k < target; ++k)
      if (live[k])
        return false;
    return true;
  }

  /// A Nop may go if it has no line, or a neighbour on every path through it has the same line.
  bool needless(uint32_t i, const Inst &nop, const std::vector<Inst> &before,
                const std::vector<uint8_t> &live, const std::vector<uint8_t> &isTarget) {
    if (nop.loc.line < 0)
      return true;
    uint32_t next = i + 1;
    while (next < code_.size() && !live[next])
      ++next;
    if (next < code_.size() && code_[next].loc.line == nop.loc.line)
      return true;
    return !before.empty() && !isTarget[i] && before.back().loc.line == nop.loc.line &&
           !opcodeInfo(before.back().op).endsBlock;
  }

  // ---- Needless CheckLocal ----
  // Forward data flow over basic blocks: which locals are surely bound.

  struct Block {
    uint32_t start, end;
  };

  void removeChecks() {
    uint32_t locals = uint32_t(gen_.locals_.size());
    bool any =
        std::any_of(code_.begin(), code_.end(), [](const Inst &i) { return i.op == Opcode::CheckLocal; });
    if (!any)
      return;
    findBlocks();
    words_ = (locals + 63) / 64;
    bound_.assign(blocks_.size() * words_, ~0ull);
    std::vector<uint64_t> state(words_);
    for (uint32_t p = 0; p < gen_.scope_->params.size(); ++p)
      state[p / 64] |= 1ull << (p % 64);
    std::copy(state.begin(), state.end(), bound_.begin());
    std::vector<uint32_t> work{0};
    std::vector<uint8_t> queued(blocks_.size()), seen(blocks_.size());
    auto flow = [&](uint32_t block, const std::vector<uint64_t> &from) {
      bool changed = !seen[block];
      seen[block] = 1;
      for (uint32_t w = 0; w < words_; ++w) {
        uint64_t &to = bound_[block * words_ + w];
        if ((to & from[w]) != to) {
          to &= from[w];
          changed = true;
        }
      }
      if (changed && !queued[block]) {
        queued[block] = 1;
        work.push_back(block);
      }
    };
    while (!work.empty()) {
      uint32_t b = work.back();
      work.pop_back();
      queued[b] = 0;
      std::copy_n(bound_.begin() + b * words_, words_, state.begin());
      for (uint32_t i = blocks_[b].start; i < blocks_[b].end; ++i) {
        const Inst &inst = code_[i];
        if (opcodeInfo(inst.op).mayRaise && inst.region >= 0)
          flow(blockOf_[labels_[gen_.regions_[size_t(inst.region)].handler]], state);
        // ForIter writes its register only where it goes on.
        if (int j = kJumps.operand[unsigned(inst.op)]; j >= 0)
          flow(blockOf_[labels_[inst.ops[j]]], state);
        apply(inst, state);
        if (i + 1 == blocks_[b].end && !opcodeInfo(inst.op).endsBlock)
          flow(b + 1, state);
      }
    }
    deleteChecks(state);
  }

  void apply(const Inst &inst, std::vector<uint64_t> &state) {
    if (inst.op == Opcode::CheckLocal)
      state[inst.ops[0] / 64] |= 1ull << (inst.ops[0] % 64);
    bool unbind = unbinds(inst.op);
    forEachWrite(inst, [&](uint32_t reg) {
      if (!isLocal(reg))
        return;
      uint64_t bit = 1ull << (reg % 64);
      if (unbind)
        state[reg / 64] &= ~bit;
      else
        state[reg / 64] |= bit;
    });
  }

  void findBlocks() {
    std::vector<uint8_t> leader(code_.size() + 1);
    leader[0] = 1;
    for (uint32_t i = 0; i < code_.size(); ++i) {
      int j = kJumps.operand[unsigned(code_[i].op)];
      if (j >= 0)
        leader[labels_[code_[i].ops[j]]] = 1;
      if (j >= 0 || opcodeInfo(code_[i].op).endsBlock)
        leader[i + 1] = 1;
      if (code_[i].region >= 0)
        leader[labels_[gen_.regions_[size_t(code_[i].region)].handler]] = 1;
    }
    blocks_.clear();
    blockOf_.assign(code_.size() + 1, 0);
    for (uint32_t i = 0; i < code_.size(); ++i) {
      if (leader[i]) {
        if (!blocks_.empty())
          blocks_.back().end = i;
        blocks_.push_back({i, uint32_t(code_.size())});
      }
      blockOf_[i] = uint32_t(blocks_.size() - 1);
    }
  }

  void deleteChecks(std::vector<uint64_t> &state) {
    std::vector<Inst> fresh;
    std::vector<uint32_t> where(code_.size() + 1);
    fresh.reserve(code_.size());
    for (size_t b = 0; b < blocks_.size(); ++b) {
      std::copy_n(bound_.begin() + ptrdiff_t(b * words_), words_, state.begin());
      for (uint32_t i = blocks_[b].start; i < blocks_[b].end; ++i) {
        where[i] = uint32_t(fresh.size());
        const Inst &inst = code_[i];
        bool proved = inst.op == Opcode::CheckLocal && (state[inst.ops[0] / 64] >> (inst.ops[0] % 64) & 1);
        apply(inst, state);
        if (!proved)
          fresh.push_back(inst);
      }
    }
    where[code_.size()] = uint32_t(fresh.size());
    replace(fresh, where);
  }

  // ---- Positions ----

  /// An instruction without a position takes that of the one before it, unless it can be reached from
  /// elsewhere.
  void inheritPositions() {
    std::vector<uint8_t> live(code_.size(), 1);
    std::vector<uint8_t> isTarget = targets(live);
    for (const Inst &inst : code_)
      if (inst.region >= 0)
        isTarget[labels_[gen_.regions_[size_t(inst.region)].handler]] = 1;
    for (uint32_t i = 1; i < code_.size(); ++i) {
      Inst &inst = code_[i];
      bool follows = !isTarget[i] && !opcodeInfo(code_[i - 1].op).endsBlock;
      if (inst.loc.line < 0 && follows)
        inst.loc = code_[i - 1].loc;
      // What a signal handler raises in a jump back needs a line.
      for (uint32_t k = i; inst.op == Opcode::LoopBack && inst.loc.line < 0 && k-- > 0;)
        inst.loc = code_[k].loc;
    }
  }

  // ---- Encoding ----

  uint16_t number(Reg reg) const {
    if (reg == kAbsent)
      return kNoReg;
    if (reg >= kTempBank)
      return uint16_t(firstTemp_ + (reg - kTempBank));
    if (reg >= kFreeBank)
      return uint16_t(firstFree_ + (reg - kFreeBank));
    if (reg >= kCellBank)
      return uint16_t(gen_.locals_.size() + (reg - kCellBank));
    return uint16_t(reg);
  }

  void encode() {
    uint32_t ownCells = 0;
    for (size_t i = 0; i < gen_.cells_.size(); ++i)
      ownCells += !isLocal(gen_.ownCellReg(i));
    firstFree_ = uint32_t(gen_.locals_.size()) + ownCells;
    firstTemp_ = firstFree_ + uint32_t(gen_.frees_.size());
    unit_.nregs = firstTemp_ + gen_.maxTemp_;
    if (unit_.nregs >= kNoReg)
      gen_.fail({int(gen_.firstLine_), 0, int(gen_.firstLine_), 0}, "code object needs too many registers");
    offsets_.resize(code_.size() + 1);
    uint32_t size = 0;
    for (size_t i = 0; i < code_.size(); ++i) {
      offsets_[i] = size;
      size += opcodeInfo(code_[i].op).length;
    }
    offsets_[code_.size()] = size;
    unit_.units.reserve(size);
    for (size_t i = 0; i < code_.size(); ++i)
      encodeInst(code_[i], offsets_[i]);
  }

  void wide(uint32_t value) {
    unit_.units.push_back(CodeWord(value));
    unit_.units.push_back(CodeWord(value >> 16));
  }

  void encodeInst(const Inst &inst, uint32_t offset) {
    const OpcodeInfo &info = opcodeInfo(inst.op);
    unit_.units.push_back(CodeWord(inst.op));
    for (unsigned i = 0; i < info.operandCount; ++i) {
      uint32_t value = inst.ops[i];
      switch (info.operands[i]) {
      case 'i':
        unit_.units.push_back(CodeWord(value));
        break;
      case 'k':
      case 'n':
        wide(value);
        break;
      case 's':
        wide(unit_.nsites++);
        break;
      case 'j':
        wide(offsets_[labels_[value]] - (offset + info.length));
        break;
      default:
        unit_.units.push_back(number(value));
      }
    }
  }

  void writeRanges() {
    for (size_t i = 0; i < code_.size();) {
      size_t end = i + 1;
      while (end < code_.size() && code_[end].region == code_[i].region)
        ++end;
      bool raises = false;
      for (size_t k = i; k < end; ++k)
        raises |= opcodeInfo(code_[k].op).mayRaise;
      if (int32_t r = code_[i].region; r >= 0 && raises) {
        const Region &region = gen_.regions_[size_t(r)];
        unit_.handlers.push_back(
            {offsets_[i], offsets_[end], offsets_[labels_[region.handler]], number(region.reg)});
      }
      i = end;
    }
  }

  void varint(uint32_t value) {
    for (; value >= 0x80; value >>= 7)
      unit_.positions.push_back(char(value | 0x80));
    unit_.positions.push_back(char(value));
  }

  void writePositions() {
    int32_t line = int32_t(gen_.firstLine_);
    for (size_t i = 0; i < code_.size();) {
      size_t end = i + 1;
      const SourceRange &range = code_[i].loc;
      while (end < code_.size() && code_[end].loc == range)
        ++end;
      uint32_t head = (offsets_[end] - offsets_[i]) << 2;
      uint32_t zigzag = uint32_t(range.line - line) << 1 ^ uint32_t((range.line - line) >> 31);
      if (range.line < 0) {
        varint(head);
      } else if (range.endLine == range.line && range.col >= 0 && range.endCol >= range.col) {
        varint(head | (range.line == line ? 3 : 1));
        if (range.line != line)
          varint(zigzag);
        varint(uint32_t(range.col));
        varint(uint32_t(range.endCol - range.col));
      } else {
        varint(head | 2);
        varint(zigzag);
        varint(uint32_t(std::max(range.endLine - range.line, 0)));
        varint(uint32_t(range.col + 1));
        varint(uint32_t(range.endCol + 1));
      }
      if (range.line >= 0)
        line = range.line;
      i = end;
    }
  }

  void writeVariables() {
    auto copy = [](std::vector<std::string> &to, const std::vector<ast::Identifier> &from) {
      for (ast::Identifier name : from)
        to.emplace_back(name->view());
    };
    copy(unit_.varnames, gen_.locals_);
    copy(unit_.cellvars, gen_.cells_);
    copy(unit_.freevars, gen_.frees_);
    for (size_t i = 0; i < gen_.cells_.size(); ++i)
      unit_.cellRegs.push_back(number(gen_.ownCellReg(i)));
  }

  CodeGen &gen_;
  std::vector<Inst> &code_;
  std::vector<uint32_t> &labels_;
  CodeUnit &unit_;
  std::vector<Block> blocks_;
  std::vector<uint32_t> blockOf_, offsets_;
  std::vector<uint64_t> bound_;
  uint32_t words_ = 0, firstFree_ = 0, firstTemp_ = 0;
};

std::shared_ptr<CodeUnit> CodeGen::finish() {
  // Control falls off the end only behind a `return`-less body; every path ends in Return there.
  unit_->name = name_;
  unit_->qualname = qualname_;
  unit_->filename = shared_.filename;
  unit_->firstLine = firstLine_;
  if (!shared_.failed())
    Layout(*this).run();
#ifdef KRAIT_DEBUG
  if (std::string wrong = shared_.failed() ? "" : verifyCode(*unit_, false); !wrong.empty())
    KRAIT_UNREACHABLE("%s\n%s", wrong.c_str(), disassemble(*unit_).c_str());
#endif
  return unit_;
}

} // namespace krait
