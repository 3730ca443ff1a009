// Replacing values: what was replaced may go on standing in its block, and later stand for others.
#include "compiler/hir/builder.h"
#include "compiler/hir/hir.h"

#include <gtest/gtest.h>

using namespace krait::hir;

namespace {

struct Sample {
  Sample() {
    Block *b = f.addBlock();
    param = f.addParam(b, Type(Kind::CInt64));
    Builder builder(&f);
    builder.atEnd(b);
    first = builder.boxInt(param);
    second = builder.boxInt(param);
    end = builder.return_(first);
  }

  Module module;
  Function &f = *module.addFunction("m:f", 0);
  Inst *param, *first, *second, *end;
};

bool says(const std::vector<std::string> &errors, const char *rule) {
  for (const std::string &e : errors)
    if (e.starts_with(rule))
      return true;
  return false;
}

TEST(Replace, IsSeenByResolveAndWrittenByApply) {
  Sample s;
  Function::replace(s.first, s.second);
  EXPECT_EQ(Function::resolve(s.end->operand(0)), s.second);
  EXPECT_EQ(s.end->operand(0), s.first);
  s.f.applyForwards();
  EXPECT_EQ(s.end->operand(0), s.second);
}

// [first] stands in its block still. What a later pass merges into it must not become [second].
TEST(Replace, IsForgottenAfterwards) {
  Sample s;
  Function::replace(s.first, s.second);
  s.f.applyForwards();
  EXPECT_EQ(Function::resolve(s.first), s.first);
  Function::replace(s.second, s.first); // the other way round is no circle
  s.f.applyForwards();
  EXPECT_EQ(s.end->operand(0), s.first);
}

TEST(Replace, UnfinishedIsNotWellFormed) {
  Sample s;
  EXPECT_FALSE(says(verify(s.f), "replaced"));
  Function::replace(s.first, s.second);
  EXPECT_TRUE(says(verify(s.f), "replaced"));
  s.f.applyForwards();
  EXPECT_FALSE(says(verify(s.f), "replaced"));
}

} // namespace
