// function_lowering.h - one function of HIR on its way to LLVM IR. lower_numbers.cpp and lower_objects.cpp
// have the instructions, lower_function.cpp blocks, frame states, guards and exceptions.
#pragma once

#include "compiler/lower/lower.h"
#include "compiler/lower/runtime_calls.h"

#include <llvm/IR/MDBuilder.h>

#include <initializer_list>

namespace krait {

/// The field at [offset] of this thread's ThreadState.
llvm::Value *threadField(llvm::IRBuilder<> &b, llvm::Module &module, uint64_t offset);
/// One activation less counts for the limit on depth.
void uncount(llvm::IRBuilder<> &b, llvm::Module &module);

class FunctionLowering {
public:
  FunctionLowering(Lowering &lowering, hir::Function &function, llvm::Function *body);
  void run();

private:
  using V = llvm::Value;
  using BB = llvm::BasicBlock;
  using Inst = hir::Inst;

  // ---- Structure (lower_function.cpp)
  void prologue();
  void stopIfGivenUp();
  bool frameIsSeen() const;
  void checkDepth(BB *slow);
  void enterCounted();
  void enterFrame();
  void exitFrame();
  void lowerInst(Inst &inst);
  bool lowerControl(Inst &inst);
  bool lowerNumber(Inst &inst);
  bool lowerObject(Inst &inst);
  bool lowerCall(Inst &inst);
  bool lowerGenerator(Inst &inst);
  V *value(Inst *inst);
  V *arg(Inst &inst, size_t i) { return value(inst.operands[i]); }
  void set(Inst &inst, V *v) { values_[&inst] = v; }
  llvm::Type *typeOf(const Inst &inst);
  BB *edgeBlock(hir::Edge &edge);
  BB *newBlock(const char *name) { return BB::Create(context_, name, body_); }
  /// Leaves if [ok] is false.
  void guard(Inst &inst, V *ok);
  void leave(Inst &inst);
  void branchUnlikely(V *condition, BB *unlikely, BB *other);
  /// The exception path if [failed]; goes on where it did not.
  void raiseIf(Inst &inst, V *failed);
  void raiseIfNull(Inst &inst, V *word) { raiseIf(inst, b_.CreateICmpEQ(word, word0())); }
  void raised(Inst &inst, V *skipInnermost);
  void throwIfTraced(Inst &inst, V *skipInnermost);
  /// Does some thread trace? Of programs that can.
  V *tracingOn();
  /// The description of [state] for the runtime; its values, as words of any representation, go into
  /// [values].
  V *describe(hir::FrameState *state, std::vector<V *> &values);
  /// What the activation returns after it was left or an exception passed out: one place for the whole
  /// function.
  void returnCold(V *result);
  /// Returns a word, also from a typed entry.
  void returnWord(V *result);
  /// Returns a result.
  void returnValue(Inst *result);
  void setPc(Inst &inst);
  /// The place in the source that what follows belongs to.
  void setLine(hir::Block &block, size_t index);
  int64_t reason(const Inst &inst) const;

  // ---- Helpers
  V *word(uint64_t bits) { return b_.getInt64(bits); }
  V *word0() { return word(0); }
  V *null() { return llvm::ConstantPointerNull::get(b_.getPtrTy()); }
  V *pointer(V *word) {
    return word->getType()->isPointerTy() ? word : b_.CreateIntToPtr(word, b_.getPtrTy());
  }
  V *asWord(V *v) { return v->getType()->isPointerTy() ? b_.CreatePtrToInt(v, b_.getInt64Ty()) : v; }
  // Offset 0 is the object itself: when InstCombine has to find that out for thousands of uses of a stack
  // slot, it takes quadratic time.
  V *at(V *object, uint64_t offset) {
    return offset ? b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), pointer(object), offset) : pointer(object);
  }
  /// [access], known to touch only memory of the class [name]: items, listHeader, shape, cell...
  llvm::Instruction *tagged(llvm::Instruction *access, const char *name);
  V *loadTagged(V *object, uint64_t offset, const char *name) {
    return tagged(b_.CreateLoad(b_.getInt64Ty(), at(object, offset)), name);
  }
  V *load(V *object, uint64_t offset) { return b_.CreateLoad(b_.getInt64Ty(), at(object, offset)); }
  void store(V *v, V *object, uint64_t offset) { b_.CreateStore(v, at(object, offset)); }
  bool isGenerator() const { return f_.kind == hir::FunctionKind::generator; }
  bool isLoop() const { return f_.kind == hir::FunctionKind::loop; }
  /// Runs in a frame of the interpreter's, which comes as the argument.
  bool hasForeignFrame() const { return isGenerator() || isLoop(); }
  V *item(V *base, V *index) { return b_.CreateInBoundsGEP(b_.getInt64Ty(), pointer(base), index); }
  V *either(V *condition, bool unlikelyTrue, llvm::function_ref<V *()> yes, llvm::function_ref<V *()> no);
  V *threadField(uint64_t offset) { return krait::threadField(b_, lowering_.target(), offset); }
  V *code(uint32_t number);
  V *constantWord(uint32_t code, uint32_t index, uint32_t kind);
  V *nameWord(uint32_t code, const std::string &text);
  V *cellAddress(uint32_t cell);
  V *cellValue(uint32_t cell) { return tagged(b_.CreateLoad(b_.getInt64Ty(), cellAddress(cell)), "cell"); }
  V *outWord();
  V *windowAt(uint64_t index) { return at(window_, 8 * index); }
  void emptyWindow(Inst &inst, size_t first);
  V *fitted(Inst &inst, llvm::Intrinsic::ID id, V *left, V *right);
  V *fitted(Inst &inst, V *sum);
  V *floorDiv(V *left, V *right);
  V *mod(V *left, V *right);
  V *boxFloat(V *number);
  V *unboxFloat(V *word);
  V *boxed(Inst *inst);
  V *wordOf(V *v, const hir::Type &type);
  /// The machine value of [inst], which is an int (a float) in any representation.
  V *openedInt(Inst *inst);
  V *openedFloat(Inst *inst);
  V *openedResult(Inst *inst);
  V *callTyped(Inst &inst);
  V *resultWord(Inst *inst, const Lowering::TypedBody &callee, V *result);
  V *hasClass(V *word, const char *symbol);
  V *hasKind(V *word, hir::Kind kind);
  V *hasType(V *word, hir::Type type, hir::Type known);
  V *hasShape(V *word, uint32_t cell);
  V *isPointer(V *word);
  V *slotAddress(V *object, uint32_t shape, uint64_t index);
  V *newObject(Inst &inst);
  void addSlot(Inst &inst);
  V *newLayout(Inst &inst);
  V *callFunction(Inst &inst);
  void callNative(Inst &inst);
  V *loadInvariant(V *object, uint64_t offset);
  V *strCharacters(V *text, V *flags);
  V *strItem(V *text, V *index, bool code);
  V *strEqual(V *a, V *b);
  void genericOp(Inst &inst);

  // ---- Inline arms of generic operations (lower_fast_paths.cpp)
  struct FastPath {
    BB *slow, *done;
    std::vector<std::pair<V *, BB *>> results;
  };
  void require(V *condition, BB *otherwise);
  void finish(FastPath &path, V *result);
  V *fastInt(FastPath &path, Opcode op, V *left, V *right);
  V *fastFloat(FastPath &path, Opcode op, V *left, V *right);
  bool fastBinary(FastPath &path, Inst &inst);
  void longOp(Inst &inst);
  bool fastItem(FastPath &path, Inst &inst);
  V *fastIndex(FastPath &path, V *index, V *size);
  V *rootShape(const char *symbol);
  V *truth(Inst &inst);

  void suspend(Inst &inst);
  void resumeSwitch(Inst &inst);
  V *call(Inst &inst, size_t extraKeywords);

  Lowering &lowering_;
  hir::Function &f_;
  llvm::Function *body_;
  llvm::LLVMContext &context_;
  llvm::IRBuilder<> b_;
  RuntimeCalls rt_;
  std::map<Inst *, V *> values_;
  std::map<Inst *, V *> results_; // of calls of typed entries, as machine values
  std::map<hir::Block *, BB *> blocks_;
  struct PendingEdge {
    hir::Edge *edge;
    BB *from;
  };
  std::vector<PendingEdge> edges_;
  std::map<hir::FrameState *, llvm::GlobalVariable *> states_;
  bool counted_ = false; // it counts for the limit on depth, and has no frame
  V *frame_ = nullptr;   // null constant if the activation needs none
  V *units_ = nullptr;
  llvm::AllocaInst *window_ = nullptr, *out_ = nullptr;
  llvm::DISubprogram *scope_ = nullptr;
  llvm::PHINode *coldResult_ = nullptr;
  BB *raisedOut_ = nullptr; // where the activation ends by an exception
  // Cold blocks that guards of one state and reason have in common. Values of a state are defined before each
  // of the branches to its block, so also before the nearest block that dominates them all.
  std::map<std::pair<hir::FrameState *, int64_t>, BB *> leaves_;
  size_t windowCount_ = 2;
  std::set<Inst *> withExtras_; // generic operations that leave results in the window
};

} // namespace krait
