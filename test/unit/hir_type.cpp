// The type lattice: order, join, meet, ranges, text.
#include "compiler/hir/type.h"

#include <gtest/gtest.h>
#include <vector>

using namespace krait::hir;

namespace {

std::vector<Type> samples() {
  return {Type(),
          Type(Kind::Int),
          Type::smallInt(0, 9),
          Type::smallInt(-5, 3),
          Type::longInt(),
          Type::any(),
          Type::maybeUnbound(),
          Type::object(3),
          Type::object(4),
          Type(Kind::Object),
          Type(Kind::Float),
          Type::cint(0, 100),
          Type(Kind::CInt64),
          Type(Kind::CDouble),
          Type(Kind::None) | Type::smallInt(1, 1)};
}

TEST(HirType, JoinIsUpperBound) {
  for (const Type &a : samples())
    for (const Type &b : samples()) {
      EXPECT_TRUE(a.isSubtypeOf(a | b)) << a.str() << " " << b.str();
      EXPECT_EQ(a | b, b | a) << a.str() << " " << b.str();
    }
}

TEST(HirType, MeetIsLowerBound) {
  for (const Type &a : samples())
    for (const Type &b : samples())
      EXPECT_TRUE((a & b).isSubtypeOf(a)) << a.str() << " " << b.str();
}

TEST(HirType, SubtypeAgreesWithJoin) {
  for (const Type &a : samples())
    for (const Type &b : samples())
      if (a.isSubtypeOf(b))
        EXPECT_EQ(a | b, b) << a.str() << " " << b.str();
}

TEST(HirType, TextComesBack) {
  for (const Type &a : samples()) {
    std::string text = a.str();
    std::string_view rest = text;
    Type b;
    ASSERT_TRUE(Type::parse(rest, b)) << text;
    EXPECT_EQ(a, b) << text;
    EXPECT_TRUE(rest.empty()) << text;
  }
}

TEST(HirType, EmptyRangeIsNoInt) {
  EXPECT_TRUE(Type::smallInt(3, 2).isEmpty());
  EXPECT_TRUE((Type::smallInt(0, 4) & Type::smallInt(5, 9)).isEmpty());
}

} // namespace
