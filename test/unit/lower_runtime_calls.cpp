// lower_runtime_calls.cpp - the typed calls of compiled code into the runtime.
#include "compiler/lower/runtime_calls.h"

#include <gtest/gtest.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>

namespace krait {

struct RuntimeCallsTest : testing::Test {
  llvm::LLVMContext context;
  llvm::Module module{"test", context};
  llvm::IRBuilder<> builder{context};
  RuntimeCalls rt{module, builder};

  RuntimeCallsTest() {
    auto *type = llvm::FunctionType::get(builder.getInt64Ty(), {builder.getInt64Ty()}, false);
    auto *function = llvm::Function::Create(type, llvm::Function::ExternalLinkage, "f", module);
    builder.SetInsertPoint(llvm::BasicBlock::Create(context, "entry", function));
  }
  llvm::Value *argument() { return module.getFunction("f")->getArg(0); }
  std::string text() {
    std::string out;
    llvm::raw_string_ostream(out) << module;
    return out;
  }
};

TEST_F(RuntimeCallsTest, DeclaresAndCasts) {
  llvm::Value *list = rt.listNew(builder.getInt64(4));
  rt.listInsert(builder.CreatePtrToInt(list, builder.getInt64Ty()), builder.getInt64(0), argument());
  builder.CreateRet(rt.intAdd(argument(), argument()));
  EXPECT_FALSE(llvm::verifyModule(module, &llvm::errs()));
  std::string out = text();
  EXPECT_NE(out.find("declare ptr @krt_list_new(i64)"), std::string::npos) << out;
  EXPECT_NE(out.find("declare i32 @krt_list_insert(ptr, i64, i64)"), std::string::npos) << out;
  EXPECT_NE(out.find("declare i64 @krt_int_add(i64, i64)"), std::string::npos) << out;
}

TEST_F(RuntimeCallsTest, EffectsBecomeAttributes) {
  EXPECT_TRUE(rt.declare(RtCall::intCompare)->onlyReadsMemory());
  EXPECT_TRUE(rt.declare(RtCall::floatMod)->doesNotAccessMemory());
  EXPECT_FALSE(rt.declare(RtCall::getattrPy)->onlyReadsMemory());
  EXPECT_TRUE(rt.declare(RtCall::getattrPy)->doesNotThrow());
  EXPECT_TRUE(rt.declare(RtCall::callable)->hasRetAttribute(llvm::Attribute::ZExt));
}

TEST_F(RuntimeCallsTest, HowErrorsShow) {
  EXPECT_EQ(rtCallInfo(RtCall::getattrPy).error(), RtError::Null);
  EXPECT_EQ(rtCallInfo(RtCall::truthPy).error(), RtError::Negative);
  EXPECT_EQ(rtCallInfo(RtCall::dictGetPy).error(), RtError::Pending); // null may mean "not there"
  EXPECT_EQ(rtCallInfo(RtCall::lengthPy).error(), RtError::Pending);
  EXPECT_EQ(rtCallInfo(RtCall::intCompare).error(), RtError::None);
  EXPECT_EQ(findRtBinding("no.such"), nullptr);
}

TEST_F(RuntimeCallsTest, RefersToTheAbi) {
  rt.requireAbi();
  rt.requireAbi();
  builder.CreateRet(argument());
  EXPECT_FALSE(llvm::verifyModule(module, &llvm::errs()));
  EXPECT_NE(text().find("@krt_abi_"), std::string::npos);
}

TEST(Layouts, Constants) {
  EXPECT_EQ(kListSize, 32u);
  EXPECT_EQ(kListLengthOffset, 16u);
  EXPECT_EQ(kTupleItemsOffset, 16u);
}

} // namespace krait
