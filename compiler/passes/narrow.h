// The narrow pass's class: one method for each family of generic operations, in narrow_*.cpp. A method looks
// at what is known of the operands (their types) and expected of them (the profile's decision for the site),
// and either writes the special form, guards first, or leaves the instruction alone.
#pragma once

#include "compiler/hir/builder.h"
#include "compiler/passes/pass.h"

namespace krait::hir {

/// "app:Vec{.x,.y,z}" taken apart: members of `__slots__` have a dot; "..." in front says that the places of the
/// attributes are looked up at run time.
struct ShapeName {
  std::string className;
  std::vector<std::string> attributes; // without dots
  size_t members = 0;                  // that many in front may be unset
  bool anyLayout = false;

  explicit ShapeName(const std::string &text);
  /// The slot of attribute [name], or -1.
  int64_t index(const std::string &name) const;
  bool isMember(int64_t index) const { return size_t(index) < members; }
};

class Narrow {
public:
  Narrow(Function &function, PassContext &context)
      : f_(function), module_(*function.module), context_(context), b_(&function) {}
  bool run();
  bool runArguments();
  bool runSplit();

private:
  void guardArguments();
  void block(Block *block);
  Inst *narrowTruth(Inst *inst);
  /// The value that takes [inst]'s place; null if it stays; inst itself if it went without a value.
  Inst *narrowed(Inst *inst);
  Inst *narrowGeneric(Inst *inst);

  // ---- What is known and expected
  const SiteDecision *decision(const Inst *inst) const;
  const SiteDecision *decisionAt(const Inst *inst, int64_t site) const {
    return context_.site(module_, inst->state->code, site);
  }
  /// The type operand [i] has or is expected to have; empty if unknown.
  Type expected(const Inst *inst, const SiteDecision *d, size_t operand, size_t recorded) const;
  const std::string &nameOf(const Inst *inst, size_t imm) const {
    return module_.codes[inst->state->code].names[size_t(inst->imms[imm])];
  }
  std::string moduleOf(const Inst *inst) const;
  /// [v], guarded to be of [type] unless it is known.
  Inst *guarded(Inst *inst, Inst *v, Type type, DeoptReason reason);

  // ---- Arithmetic (narrow_arithmetic.cpp)
  Inst *narrowBinary(Inst *inst);
  Inst *longBinary(Inst *inst, Opcode op, Type left, Type right);
  Inst *intBinary(Inst *inst, Opcode op, Inst *left, Inst *right);
  Inst *floatBinary(Inst *inst, Opcode op, Inst *left, Inst *right);
  Inst *strBinary(Inst *inst, Opcode op, Inst *left, Inst *right);
  Inst *tupleEquality(Inst *inst, Opcode op);
  Inst *narrowUnary(Inst *inst);
  /// [v] of a number type as a machine float.
  Inst *asFloat(Inst *v);
  Inst *asInt(Inst *v);

  // ---- Objects and items (narrow_objects.cpp)
  Inst *moduleVariable(Inst *inst, Inst *module, const std::string &name);
  bool isModule(const Inst *v) const;
  Inst *loadSlot(Inst *inst, Inst *object, const std::string &shape, int64_t index);
  Inst *callGetter(Inst *inst, const std::string &shape);
  Inst *narrowLoadAttr(Inst *inst);
  std::string nextShape(const std::string &shape, const std::string &name) const;
  Inst *narrowStoreAttr(Inst *inst);
  Inst *narrowLoadMethod(Inst *inst);
  Inst *narrowLoadSuperMethod(Inst *inst);
  Inst *narrowExceptionMatch(Inst *inst);
  Inst *narrowGetItem(Inst *inst);
  Inst *narrowSlice(Inst *inst, Inst *slice, Type container);
  Inst *narrowContains(Inst *inst);
  Inst *narrowSetItem(Inst *inst);
  Inst *narrowUnpack(Inst *inst);
  Inst *checkedIndex(Inst *inst, Inst *index, Inst *size, const SiteDecision *d);
  Inst *narrowLoadGlobal(Inst *inst);
  Inst *narrowStoreGlobal(Inst *inst);
  bool bindsGlobal(const Inst *inst, const std::string &name) const;

  // ---- Operators of classes (narrow_operators.cpp)
  Inst *narrowSpecialMethod(Inst *inst);

  // ---- Calls (narrow_calls.cpp)
  Inst *narrowCall(Inst *inst);
  Inst *callFunction(Inst *inst, const ProgramCode &code, Inst *function, uint32_t cell);
  Inst *narrowMakeFunction(Inst *inst);
  Inst *callMade(Inst *inst, Inst *made);
  Inst *makeException(Inst *inst, Inst *callee, const std::string &name, const ProgramCode *init);
  bool makesPlain(Inst *inst, const std::string &name, const std::string &root);
  Inst *makePlain(Inst *inst, Inst *callee, const std::string &name);
  Inst *callClass(Inst *inst, Inst *callee, const std::string &name);
  Inst *callNative(Inst *inst, const std::string &name);
  Inst *callText(Inst *inst, const std::string &name, const std::vector<Inst *> &args);
  Inst *callContainer(Inst *inst, const std::string &name, const std::vector<Inst *> &args);
  Inst *callConstructor(Inst *inst, const std::string &name, const std::vector<Inst *> &args);
  Inst *callIsInstance(Inst *inst, Inst *value, Inst *classes);
  Inst *callBound(Inst *inst, const std::string &name, const std::vector<Inst *> &args);
  /// The runtime function [symbol] instead of [inst]; its result as a machine value where it is one.
  Inst *native(Inst *inst, const char *symbol, std::vector<Inst *> args, Type type);
  /// [v] as a machine integer, guarded to be an int.
  Inst *intArgument(Inst *inst, Inst *v);
  Inst *strArgument(Inst *inst, Inst *v) { return guarded(inst, v, Kind::Str, DeoptReason::ArgumentType); }
  bool bindArguments(Inst *inst, const ProgramCode &code, Inst *function, Inst *self,
                     std::vector<Inst *> &args, bool generators = false);
  Target targetOf(const Inst *inst) const;

  // ---- Several shapes or targets (narrow_split.cpp)
  bool splitLoadAttr(Block *block, size_t at);
  bool splitStoreAttr(Block *block, size_t at);
  bool splitMethodCall(Block *block, size_t at);
  bool usedOnlyBy(const std::vector<Inst *> &values, const std::vector<Inst *> &users) const;
  bool splitLoadMethod(Block *block, size_t at);
  bool splitCall(Block *block, size_t at);
  Block *cutBehind(Block *block, size_t at);
  std::string methodFor(const std::string &shape, const std::string &name, const SiteDecision *called) const;
  Inst *findCall(const Inst *method, Inst *&self) const;
  template <class F>
  void shapeArms(Inst *inst, Inst *object, const std::vector<std::string> &shapes, bool complete, F arm);
  Inst *genericCopy(Inst *inst);
  void continueBehind(Inst *inst, Inst *copy);

  // ---- Iteration (narrow_iteration.cpp)
  Inst *narrowGetIter(Inst *inst);
  /// A new iterator of [v], an iterable of kind [t]; null if that is left to the runtime.
  Inst *iteratorOf(Inst *inst, Inst *v, Type t);
  Inst *narrowIterNext(Inst *inst);
  struct LoopShape {
    Inst *test = nullptr; // IsBound of the item
    Block *body = nullptr, *exit = nullptr;
    std::vector<Inst *> items; // RefineType of the item in the body
  };
  bool loopShape(Inst *next, LoopShape &shape) const;
  void replaceLoop(const LoopShape &shape, Inst *has, Inst *item, const std::vector<Inst *> &inBody,
                   const std::vector<Inst *> &inExit);
  Inst *nextOfRange(Inst *inst, Inst *iterator, const LoopShape &shape);
  Inst *nextOfSequence(Inst *inst, Inst *iterator, const LoopShape &shape, Layout layout);
  Inst *nextOfItems(Inst *inst, const LoopShape &shape);
  Inst *finishPair(const LoopShape &shape, std::vector<Inst *> &list, Inst *pair, Inst *inner);
  Inst *nextOfEnumerate(Inst *inst, Inst *iterator, const LoopShape &shape);

  Function &f_;
  Module &module_;
  PassContext &context_;
  Builder b_;
  std::vector<Inst *> out_;
  bool changed_ = false;
};

} // namespace krait::hir
