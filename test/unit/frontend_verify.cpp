// Each rule of the bytecode verifier has one malformed input here.
#include "compiler/frontend/compile.h"
#include "compiler/frontend/verify_code.h"

#include <gtest/gtest.h>

using namespace krait;

namespace {

/// A unit with two locals (one a parameter), two registers more, and the instructions [units].
CodeUnit unit(std::vector<CodeWord> units) {
  CodeUnit u;
  u.qualname = "f";
  u.filename = "t";
  u.varnames = {"a", "b"};
  u.argcount = 1;
  u.nregs = 4;
  u.consts = {Constant::none(), Constant::ofInt(1)};
  u.names = {"n"};
  u.units = std::move(units);
  u.positions = std::string(1, char(u.units.size() << 2));
  return u;
}

constexpr CodeWord op(Opcode o) { return CodeWord(o); }
constexpr CodeWord kReturn = CodeWord(Opcode::Return);

void expectWrong(const CodeUnit &u, const char *text) {
  std::string wrong = verifyCode(u);
  EXPECT_NE(wrong.find(text), std::string::npos) << "found: " << wrong;
}

TEST(VerifyCode, GoodCode) { EXPECT_EQ(verifyCode(unit({op(Opcode::LoadConst), 2, 1, 0, kReturn, 2})), ""); }
TEST(VerifyCode, UnknownOpcode) { expectWrong(unit({0xFFF0}), "unknown opcode"); }
TEST(VerifyCode, Truncated) { expectWrong(unit({op(Opcode::Move), 0}), "truncated Move"); }
TEST(VerifyCode, RunsOff) { expectWrong(unit({op(Opcode::Move), 1, 0}), "runs off its end"); }
TEST(VerifyCode, RegisterRange) { expectWrong(unit({kReturn, 4}), "register 4 of 4"); }
TEST(VerifyCode, RunRange) {
  expectWrong(unit({op(Opcode::BuildList), 1, 2, 3, kReturn, 1}), "registers 2 to 5 of 4");
}
TEST(VerifyCode, ConstantRange) {
  expectWrong(unit({op(Opcode::LoadConst), 1, 7, 0, kReturn, 1}), "constant 7");
}
TEST(VerifyCode, NameRange) { expectWrong(unit({op(Opcode::DeleteName), 1, 0, kReturn, 0}), "name 1"); }
TEST(VerifyCode, SiteOrder) {
  CodeUnit u = unit({op(Opcode::Neg), 1, 0, 1, 0, kReturn, 1});
  u.nsites = 1;
  expectWrong(u, "site 1 out of order");
}
TEST(VerifyCode, SiteCount) {
  expectWrong(unit({op(Opcode::Neg), 1, 0, 0, 0, kReturn, 1}), "1 sites, but nsites is 0");
}
TEST(VerifyCode, JumpIntoInstruction) {
  expectWrong(unit({op(Opcode::Jump), 1, 0, kReturn, 0}), "which is no instruction");
}
TEST(VerifyCode, JumpBackwards) { expectWrong(unit({op(Opcode::Jump), 0xFFFD, 0xFFFF}), "leads backwards"); }
TEST(VerifyCode, ReadBeforeWrite) {
  expectWrong(unit({kReturn, 1}), "reads register 1, which may be unwritten");
}
TEST(VerifyCode, ReadAfterDelete) {
  expectWrong(unit({op(Opcode::DeleteLocal), 0, kReturn, 0}), "reads register 0, which may be unwritten");
}
TEST(VerifyCode, WrittenOnOnePathOnly) {
  // if a is None: b = 1; return b
  expectWrong(unit({op(Opcode::JumpIfNone), 0, 4, 0, op(Opcode::LoadConst), 1, 1, 0, kReturn, 1}),
              "reads register 1, which may be unwritten");
}
TEST(VerifyCode, WindowIsGoneAfterCall) {
  CodeUnit u = unit({op(Opcode::Move), 2, 0, op(Opcode::Call), 1, 2, 0, 0, 0, kReturn, 2});
  u.nsites = 1;
  expectWrong(u, "reads register 2, which may be unwritten");
}
TEST(VerifyCode, HandlerRange) {
  CodeUnit u = unit({op(Opcode::CheckLocal), 1, kReturn, 1});
  u.handlers = {{0, 1, 2, 3}};
  expectWrong(u, "exception range 0 to 1");
  u.handlers = {{0, 2, 3, 3}};
  expectWrong(u, "handler 3, register 3");
}
TEST(VerifyCode, HandlerSeesStateBeforeInstruction) {
  // The instruction that raises has not written its register.
  CodeUnit u = unit({op(Opcode::Neg), 1, 0, 0, 0, kReturn, 1, kReturn, 1});
  u.nsites = 1;
  u.handlers = {{0, 5, 7, 3}};
  expectWrong(u, "reads register 1, which may be unwritten");
}
TEST(VerifyCode, PositionsCoverTheCode) {
  CodeUnit u = unit({kReturn, 0});
  u.positions = std::string(1, char(1 << 2));
  expectWrong(u, "position table covers 1 of 2 units");
}
TEST(VerifyCode, CellRegisters) {
  CodeUnit u = unit({kReturn, 0});
  u.cellvars = {"c"};
  expectWrong(u, "registers of cells");
}
TEST(VerifyCode, LocalsOnly) {
  expectWrong(unit({op(Opcode::CheckLocal), 3, kReturn, 0}), "which is no local");
}
TEST(VerifyCode, FreeVariables) {
  expectWrong(unit({op(Opcode::LoadFree), 2, 1, kReturn, 0}), "free variables");
}
TEST(VerifyCode, FunctionOfNoCode) {
  expectWrong(unit({op(Opcode::MakeFunction), 1, 1, 0, kNoReg, kNoReg, kNoReg, kNoReg, kReturn, 1}),
              "of no code");
}
TEST(VerifyCode, KeywordNames) {
  CodeUnit u = unit({op(Opcode::CallKw), 1, 2, 0, 1, 0, 0, 0, kReturn, 1});
  u.nsites = 1;
  expectWrong(u, "malformed names");
}
TEST(VerifyCode, GeneratorStart) {
  expectWrong(unit({op(Opcode::ReturnGenerator), kReturn, 0}), "out of place");
  expectWrong(unit({op(Opcode::Yield), 1, 0, kReturn, 0}), "in no generator");
}

} // namespace
