// The HIR data structure: modules, functions, blocks, instructions, frame states. Text form and rules:
// README.md.
//
// An instruction is also the value it defines. Blocks have parameters (no phi instructions); an edge carries
// one argument for each parameter of its target. Everything of a function lives until the function dies:
// passes unlink, nothing is freed. Nothing here checks; the verifier does.
#pragma once

#include "compiler/hir/instructions.h"
#include "compiler/support/check.h"
#include "runtime/abi/opcodes.h"

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace krait {
struct CodeUnit;
}

namespace krait::hir {

struct Block;
struct Inst;
struct FrameState;
struct Function;

/// A way from one block to another.
struct Edge {
  Block *target = nullptr;
  std::vector<Inst *> args;
};

/// An object that exists only in frame states: escape analysis took its allocation away. Leaving compiled
/// code makes it from [op] (New, NewTuple, NewList, NewObject, BoxInt...), the immediates of that instruction
/// and [fields]. Within one chain of frame states the same VirtualObject is made once. A machine value in a
/// field of a Python type is boxed.
struct VirtualObject;
struct FrameValue {
  Inst *value = nullptr;           // a value of any representation: machine values are boxed when leaving
  VirtualObject *object = nullptr; // or a virtual object; at most one of the two is set
  bool operator==(const FrameValue &) const = default;
};
struct VirtualObject {
  uint32_t id;
  Op op;
  std::vector<int64_t> imms; // as in Inst::imms
  std::vector<FrameValue>
      fields; // as the operands of [op]; for NewObject the class, then the slots of its shape
};

/// What a frame does once the frame it called (the next inner one) returns.
enum class ResumeKind : uint8_t {
  at,   // innermost frame: executes the instruction at [offset] (again)
  call, // stores the result in the destination register of the instruction at [offset], goes on behind it
  construct, // as call, but the result is checked to be None and dropped; the destination already holds the
             // instance
  iterate,   // the instruction is a ForIter, the inner frame that of its iterator, a generator whose body was
             // copied here; gets what that yields, or ends the loop
  sum,
  any,
  all, // the instruction is a Call of that built-in with such a generator as its only argument; for sum
       // the register of the callee holds the total so far
};
const char *resumeKindName(ResumeKind kind);

struct FrameSlot {
  uint16_t reg;
  FrameValue value;
};

/// How to rebuild the interpreter's frames at one point of the program: this frame, and those it was inlined
/// into. Registers not listed are dead. Shared between instructions and never changed but by replacing
/// values.
struct FrameState {
  uint32_t id = 0;
  uint32_t code = 0;   // index into Module::codes
  uint32_t offset = 0; // unit of the bytecode instruction
  ResumeKind kind = ResumeKind::at;
  FrameValue function;          // the function object of the frame
  std::vector<FrameSlot> slots; // by register, ascending
  FrameState *caller = nullptr; // kind call or construct; null for the compiled function's own frame
};

/// An instruction and the value it defines.
struct Inst {
  Op op = Op::Unreachable;
  uint32_t id = 0;
  Type type;              // of the result; empty for none
  Block *block = nullptr; // null once unlinked
  std::vector<Inst *> operands;
  std::vector<int64_t> imms; // one per immediate of the row (int, bool, float bits, indices, enumerators); a
                             // list of kind ints follows the others
  Type typeImm;              // the immediate of kind type, whose place in imms is 0
  FrameState *state = nullptr; // where it leaves to or what traceback it adds; set if the row needs it
  std::vector<Edge> edges;     // of an instruction that ends a block
  Edge unwind; // handler block, if it may raise inside a try; then it is last but one of its block
  uint32_t unwindFrames = 0; // with unwind: how many frames of its state's chain the exception leaves or
                             // passes (each gets a traceback entry)
  Inst *forward = nullptr;   // within a pass: replaced by this value; see Function::replace

  const InstInfo &info() const { return instInfo(op); }
  bool is(Op o) const { return op == o; }
  Inst *operand(size_t i) const { return operands[i]; }
  Cond cond() const { return Cond(imms[0]); }         // rows whose first immediate is a cond
  Opcode bytecode() const { return Opcode(imms[0]); } // GenericOp
  double floatValue() const;                          // ConstFloat
};

struct Block {
  uint32_t id = 0;
  Function *function = nullptr;
  std::vector<Inst *> params;
  std::vector<Inst *> insts; // the last one ends the block

  Inst *last() const { return insts.empty() ? nullptr : insts.back(); }
  /// The instruction with an unwind edge, or null.
  Inst *unwinding() const;
};

/// Calls [f](Edge &) for each way out of [block]: edges of its end in order, then the unwind edge.
template <class F> void forEachEdge(Block *block, F f) {
  if (Inst *last = block->last())
    for (Edge &edge : last->edges)
      f(edge);
  if (Inst *u = block->unwinding())
    f(u->unwind);
}

/// Calls [f](FrameValue &) for each value of the chain of [state], virtual objects' fields included.
void forEachFrameValue(FrameState *state, void (*f)(FrameValue &, void *), void *context);
template <class F> void forEachFrameValue(FrameState *state, F f) {
  forEachFrameValue(state, [](FrameValue &v, void *c) { (*static_cast<F *>(c))(v); }, &f);
}

enum class FunctionKind : uint8_t {
  normal, // parameters of the entry block: the registers of varnames' parameters, in order
  loop, // entered by the interpreter at loop header [entryOffset]: parameters are the registers in entryRegs
  generator, // resumes a generator: no parameters; starts with GeneratorFrame and ResumeSwitch
};

struct Module;

struct Function {
  std::string name;  // "module:qualname"
  uint32_t code = 0; // index into Module::codes
  FunctionKind kind = FunctionKind::normal;
  uint32_t entryOffset = 0;        // of a loop entry
  std::vector<uint16_t> entryRegs; // registers that the entry block's parameters stand for
  std::vector<Type>
      entryTypes; // of a loop entry: what they are expected to be; empty, or one for each; not in the text
  bool typed =
      false;        // a typed entry: parameters may be machine values; the generic entry is another function
  Type typedResult; // of a typed entry: Int or Float if it gives a machine value; empty otherwise
  Module *module = nullptr;
  std::vector<Block *> blocks; // reachable ones; the first is the entry
  std::deque<Block> blockStore;
  std::deque<Inst> instStore;
  std::deque<FrameState> stateStore;
  std::deque<VirtualObject> objectStore;
  uint32_t nextInst = 0, nextBlock = 0, nextState = 0, nextObject = 0;

  Block *entry() const { return blocks.front(); }
  /// A new block at the end of the list.
  Block *addBlock();
  Inst *newInst(Op op);
  Inst *addParam(Block *block, Type type);
  FrameState *newState();
  FrameState *newState(const FrameState &like);
  VirtualObject *newObject();

  /// Replaces all uses of [from] by [to]: seen by resolve at once, written into operands by applyForwards.
  /// [from] may go on standing in its block, without uses.
  static void replace(Inst *from, Inst *to) {
    KRAIT_DCHECK(resolve(to) != from, "%u would replace itself", from->id);
    from->forward = to;
  }
  static Inst *resolve(Inst *value) {
    while (value && value->forward)
      value = value->forward;
    return value;
  }
  /// Writes all replacements into operands, edges and frame states, and forgets them; every pass ends with
  /// none.
  void applyForwards();
  /// Removes blocks that cannot be reached from the entry; orders the rest in reverse post-order.
  void removeUnreachable();
};

struct Cell {
  CellKind kind;
  std::string descriptor;
  bool operator==(const Cell &) const = default;
};

struct CodeRef {
  std::string name;               // "module:qualname"
  const CodeUnit *unit = nullptr; // null in modules read from text
  std::vector<std::string> names; // of the unit: what operands of kind n mean
};

struct Module {
  std::string name;
  std::vector<Cell> cells;
  std::vector<CodeRef> codes;
  std::vector<std::string> names; // texts of immediates of kind name
  std::vector<std::unique_ptr<Function>> functions;

  uint32_t cell(CellKind kind, const std::string &descriptor);
  uint32_t nameIndex(const std::string &text);
  uint32_t codeIndex(const std::string &name, const CodeUnit *unit, const std::vector<std::string> &names);
  Function *addFunction(const std::string &name, uint32_t code);
};

/// What one instruction does to memory and control, its bytecode opcode and immutable fields taken into
/// account.
struct Effects {
  AliasSet reads, writes;
  bool mayRaise, runsPython, mayLeave;
};
Effects effectsOf(const Inst &inst);
/// No effect but its result; equal ones may be merged, unused ones dropped.
bool isPure(const Inst &inst);
/// May be dropped when its result is unused.
bool isRemovable(const Inst &inst);
/// The result type by the row's rule from the operands' current types.
Type inferType(const Inst &inst);

// ---- Text ---------------------------------------------------------------------------------------------
std::string print(const Module &module);
std::string print(const Function &function);
std::string print(const Inst &inst);
/// Reads what print writes. On an error returns null and sets [error] to "line N: message".
std::unique_ptr<Module> parse(std::string_view text, std::string &error);

// ---- Checks ---------------------------------------------------------------------------------------------
/// All broken rules of [function], one text each ("rule-name: what, where"); empty if it is well formed.
std::vector<std::string> verify(const Function &function);
/// Verifies and aborts with the function's text on the first broken rule; [when] is said in the message.
void verifyOrDie(const Function &function, const char *when);

} // namespace krait::hir
