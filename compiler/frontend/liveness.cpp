// Register uses of single instructions, from the operand letters of Opcodes.def and the lengths of runs that
// its meanings state; liveness by the usual backward fixed point.
#include "compiler/frontend/liveness.h"

#include <algorithm>

namespace krait {

namespace {

/// What operand kind b of [inst] stands for: how many registers, and whether they are written.
struct Run {
  uint32_t reads = 0, writes = 0;
};

Run runOf(const DecodedInst &inst) {
  const uint32_t *o = inst.operands;
  switch (inst.op) {
  case Opcode::LoadMethod:
  case Opcode::LoadSuperMethod:
  case Opcode::CheckEgMatch:
  case Opcode::LoadSpecial:
    return {0, 2};
  case Opcode::UnpackSequence:
    return {0, o[2]};
  case Opcode::UnpackEx:
    return {0, o[2] + 1 + o[3]};
  case Opcode::BuildTuple:
  case Opcode::BuildList:
  case Opcode::BuildSet:
  case Opcode::BuildString:
    return {o[2], 0};
  case Opcode::BuildDict:
    return {o[2] * 2, 0};
  case Opcode::LoadFree:
    return {0, o[1]};
  case Opcode::Call:
  case Opcode::CallKw:
  case Opcode::CallMethod:
  case Opcode::CallMethodKw:
    return {o[2] + 2, 0};
  case Opcode::CallEx:
  case Opcode::WithExit:
    return {2, 0};
  default:
    return {};
  }
}

} // namespace

RegisterUse registerUse(const DecodedInst &inst) {
  RegisterUse use;
  const char *kinds = opcodeInfo(inst.op).operands;
  for (unsigned i = 0; kinds[i]; ++i) {
    uint16_t reg = uint16_t(inst.operands[i]);
    switch (kinds[i]) {
    case 'w':
      use.writes.push_back(reg);
      break;
    case 'r':
      use.reads.push_back(reg);
      break;
    case 'x':
      use.reads.push_back(reg);
      use.writes.push_back(reg);
      break;
    case 'o':
      if (reg != kNoReg)
        use.reads.push_back(reg);
      break;
    case 'b': {
      Run run = runOf(inst);
      // Without a receiver the second register of the call window is scratch.
      bool scratch = inst.op == Opcode::Call || inst.op == Opcode::CallKw;
      for (uint32_t k = 0; k < run.reads; ++k)
        if (!scratch || k != 1)
          use.reads.push_back(uint16_t(reg + k));
      for (uint32_t k = 0; k < run.writes; ++k)
        use.writes.push_back(uint16_t(reg + k));
      break;
    }
    default:
      break;
    }
  }
  return use;
}

Liveness::Liveness(const CodeUnit &unit, bool keepVariables) : Liveness(unit.units, unit.nregs, unit.handlers) {
  if (keepVariables)
    for (std::vector<bool> &live : before_)
      if (!live.empty())
        std::fill_n(live.begin(), unit.firstTempReg(), true);
}

Liveness::Liveness(std::span<const CodeWord> units, uint32_t registers, std::span<const ExceptionRange> handlers)
    : before_(units.size()) {
  std::vector<DecodedInst> insts;
  for (uint32_t at = 0; at < units.size();) {
    insts.push_back(decodeInst(units.data(), at));
    before_[at].resize(registers);
    at += insts.back().length;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = insts.size(); i-- > 0;) {
      const DecodedInst &inst = insts[i];
      const OpcodeInfo &info = opcodeInfo(inst.op);
      std::vector<bool> live(registers);
      auto join = [&](uint32_t offset) {
        for (size_t r = 0; offset < before_.size() && r < before_[offset].size(); ++r)
          live[r] = live[r] || before_[offset][r];
      };
      auto joinTargets = [&] {
        for (unsigned k = 0; info.operands[k]; ++k)
          if (info.operands[k] == 'j')
            join(inst.operands[k]);
      };
      RegisterUse use = registerUse(inst);
      if (!info.endsBlock)
        join(inst.offset + inst.length);
      // ForIter writes its register only on the way into the body.
      if (inst.op != Opcode::ForIter)
        joinTargets();
      for (uint16_t r : use.writes)
        live[r] = false;
      if (inst.op == Opcode::ForIter)
        joinTargets();
      // An exception leaves the written registers as they were.
      if (info.mayRaise) {
        auto handler = std::find_if(handlers.begin(), handlers.end(), [&](const ExceptionRange &range) {
          return range.start <= inst.offset && inst.offset < range.end;
        });
        if (handler != handlers.end()) {
          std::vector<bool> caught = before_[handler->handler];
          if (handler->reg < caught.size())
            caught[handler->reg] = false;
          for (size_t r = 0; r < caught.size(); ++r)
            live[r] = live[r] || caught[r];
        }
      }
      for (uint16_t r : use.reads)
        live[r] = true;
      if (live != before_[inst.offset]) {
        before_[inst.offset] = std::move(live);
        changed = true;
      }
    }
  }
}

} // namespace krait
