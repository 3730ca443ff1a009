// KRAIT_CHECK is always on, says what failed, and aborts.
#include "compiler/support/check.h"

#include <gtest/gtest.h>

TEST(Check, passesSilently) { KRAIT_CHECK(1 + 1 == 2); }

TEST(CheckDeathTest, namesConditionAndMessage) {
  EXPECT_DEATH(KRAIT_CHECK(1 + 1 == 3, "sum of %d and %d", 1, 1), "internal error.*1 \\+ 1 == 3.*sum of 1 and 1");
}

TEST(CheckDeathTest, unreachableAborts) { EXPECT_DEATH(KRAIT_UNREACHABLE("kind %d", 7), "unreachable.*kind 7"); }
