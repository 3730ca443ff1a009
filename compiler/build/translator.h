// The translator behind build.h: blocks of bytecode, registers as SSA values, one method for each opcode that
// is more than its generic operation (grouped in translate_*.cpp).
#pragma once

#include "compiler/build/build.h"
#include "compiler/frontend/liveness.h"
#include "compiler/hir/builder.h"

#include <map>

namespace krait {

class Translator {
public:
  Translator(hir::Module &module, const std::string &name, const CodeUnit &unit, const BuildOptions &options);
  /// Translates everything that [entry] reaches: unit 0, or a loop header.
  hir::Function *run(hir::FunctionKind kind, uint32_t entry);

private:
  using Inst = hir::Inst;
  using Block = hir::Block;
  using Registers = std::vector<Inst *>; // by register; null = dead or unbound

  // ---- Blocks (translator.cpp)
  void findLeaders();
  void findMaybeUnbound();
  bool mayBeUnbound(uint32_t leader, uint32_t r) const {
    return maybeUnbound_[leader].empty() || maybeUnbound_[leader][r];
  }
  void enterNormal();
  void enterLoop(uint32_t offset);
  void enterGenerator();
  Block *blockAt(uint32_t offset);
  void translateBlock(uint32_t offset);
  void jumpTo(uint32_t offset);
  void leaveIfTraced(uint32_t offset);
  std::vector<Inst *> liveArgs(uint32_t offset);
  hir::FrameState *state();
  Inst *reg(uint32_t r);
  void set(uint32_t r, Inst *value) { regs_[r] = value; }
  Inst *unbound();
  /// After an instruction that may raise was appended: gives it its handler and goes on in a new block.
  Inst *mayRaise(Inst *inst);
  Block *landingFor(const ExceptionRange &range);
  /// Appends Unreachable behind an instruction that always raises.
  void afterRaise(Inst *inst);

  // ---- Opcodes
  void translate(const DecodedInst &inst);
  void generic(const DecodedInst &inst);
  void translateConst(const DecodedInst &inst);
  void translateLoadCell(const DecodedInst &inst);
  void translateDeleteLocal(const DecodedInst &inst);
  void translateIs(const DecodedInst &inst);
  void translateNot(const DecodedInst &inst);
  void translateBuildSequence(const DecodedInst &inst);
  void translateListAppend(const DecodedInst &inst);
  void translateCall(const DecodedInst &inst);
  void translateBranch(Inst *condition, const DecodedInst &inst, unsigned jumpOperand, bool jumpIf,
                       BranchHint hint = {});
  BranchHint hintAt(uint32_t site) const { return options_.branch ? options_.branch(site) : BranchHint(); }
  void jumpOrLeave(uint32_t offset, bool cold);
  void translateJumpIfTruth(const DecodedInst &inst, bool jumpIf);
  void translateJumpIfNone(const DecodedInst &inst, bool jumpIf);
  bool translateCompareJump(const DecodedInst &inst);
  void translateForIter(const DecodedInst &inst);
  void translateRaise(const DecodedInst &inst);
  void translateYield(const DecodedInst &inst);
  void translateYieldFrom(const DecodedInst &inst);
  hir::Block *delegate(const DecodedInst &inst, hir::Inst *&step, hir::Block *&yield);
  void saveRegisters(uint32_t offset, int except);
  void restoreRegisters(uint32_t offset, int except, const std::vector<bool> &bound);
  std::vector<bool> boundRegisters() const;
  void addResumePoint(uint32_t offset, Block *block);

  hir::Module &module_;
  const CodeUnit &unit_;
  const BuildOptions &options_;
  uint32_t code_;
  hir::Function *f_;
  hir::Builder b_;
  Liveness live_;
  Registers regs_;
  uint32_t loopEnd_ = UINT32_MAX;     // loop entries: what lies from here on, or before the header, leaves
  uint32_t at_ = 0;                   // offset of the instruction being translated
  hir::FrameState *state_ = nullptr;  // of at_ with the present registers; null until asked for
  bool ranPython_ = false;            // since the last GuardUntraced, so that one is due
  Inst *function_ = nullptr;          // CurrentFunction
  Inst *generator_ = nullptr;         // GeneratorFrame
  Inst *switch_ = nullptr;            // ResumeSwitch
  std::vector<bool> leader_, header_; // by unit offset
  std::vector<std::vector<bool>> maybeUnbound_;               // by leader offset, by register
  std::map<uint32_t, Block *> blocks_;                        // by leader offset
  std::map<std::pair<uint32_t, uint32_t>, Block *> landings_; // by handler offset and register
  std::vector<uint32_t> work_;                                // leaders whose block is still to be filled
};

} // namespace krait
