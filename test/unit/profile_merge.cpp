// Merging is associative and commutative, weights multiply, and kinds collapse past the limit.
#include "profile_random.h"
#include "profiler/format/match.h"
#include "profiler/format/profile_text.h"

#include <gtest/gtest.h>

using namespace krait;

namespace {
Profile merged(Profile left, const Profile &right, uint64_t weight = 1) {
  EXPECT_TRUE(mergeProfile(left, right, weight));
  return left;
}

/// Few names, so that the same sites meet; and often close to the limit of distinct kinds.
KindCounts crowdedKinds(RandomProfiles &random) {
  KindCounts kinds;
  for (uint64_t i = random.below(14); i-- > 0;)
    kinds.add({ProfileSymbol{ProfileSymbol::Kind::Type, "",
                             std::string(1, static_cast<char>('a' + random.below(24)))}},
              random.count());
  if (random.below(8) == 0)
    kinds.many = true;
  return kinds;
}

Profile crowded(RandomProfiles &random) {
  Profile profile = random.profile();
  FunctionProfile &function = profile.modules["m"].functions[{"f", 0, 1}];
  for (int i = 0; i < 3; ++i)
    function.sites[{static_cast<uint32_t>(random.below(2)), "Add"}].types = crowdedKinds(random);
  return profile;
}
} // namespace

TEST(ProfileMerge, isCommutativeAndAssociative) {
  RandomProfiles random(4);
  int collapsed = 0;
  for (int i = 0; i < 1500; ++i) {
    Profile a = crowded(random), b = crowded(random), c = crowded(random);
    ASSERT_EQ(merged(a, b), merged(b, a));
    Profile all = merged(merged(a, b), c);
    ASSERT_EQ(all, merged(a, merged(b, c)));
    for (auto &[key, facts] : all.modules["m"].functions[{"f", 0, 1}].sites)
      collapsed += facts.types.isCollapsed();
  }
  EXPECT_GT(collapsed, 100); // the interesting case was met
}

TEST(ProfileMerge, emptyIsNeutralAndWeightIsRepetition) {
  RandomProfiles random(5);
  for (int i = 0; i < 300; ++i) {
    Profile a = crowded(random), b = crowded(random);
    ASSERT_EQ(merged(a, Profile()), a);
    ASSERT_EQ(merged(Profile(), a), a);
    ASSERT_EQ(merged(a, b, 3), merged(merged(merged(a, b), b), b));
  }
}

TEST(ProfileMerge, refusesAnotherAbi) {
  Profile a, b;
  b.abi ^= 1;
  b.modules["m"];
  EXPECT_FALSE(mergeProfile(a, b));
  EXPECT_EQ(a, Profile());
}

TEST(ProfileMatch, anEditedFunctionLosesOnlyItself) {
  Profile profile;
  auto &functions = profile.modules["m"].functions;
  functions[{"same", 0, 1}].sites[{0, "Add"}].count = 75;
  functions[{"edited", 0, 2}].sites[{0, "Add"}].count = 20;
  functions[{"edited", 0, 2}].sites[{1, "Call"}].count = 4;
  functions[{"gone", 0, 3}].entries = 1;
  std::vector<CodeDescription> program = {{"m", {"same", 0, 1}, {"Add"}},
                                          {"m", {"edited", 0, 9}, {"Add", "Sub"}}};

  MatchReport report = matchProfile(profile, program);
  ASSERT_EQ(report.functions.size(), 3u);
  EXPECT_EQ(report.functions[0].kind, MatchKind::Stale);
  EXPECT_EQ(report.functions[0].sitePercent, 50u);
  EXPECT_EQ(report.functions[1].kind, MatchKind::Missing);
  EXPECT_EQ(report.functions[2].kind, MatchKind::Exact);
  EXPECT_EQ(report.exactFunctions, 1u);
  EXPECT_EQ(report.percent(), 75u);
  EXPECT_NE(findMatch(profile, program[0]), nullptr);
  EXPECT_EQ(findMatch(profile, program[1]), nullptr);
}

TEST(ProfileMatch, theSameHashWithOtherOpcodesIsStale) {
  Profile profile;
  profile.modules["m"].functions[{"f", 0, 1}].sites[{0, "Add"}].count = 1;
  std::vector<CodeDescription> program = {{"m", {"f", 0, 1}, {"Sub"}}};
  EXPECT_EQ(matchProfile(profile, program).functions[0].kind, MatchKind::Stale);
  EXPECT_EQ(findMatch(profile, program[0]), nullptr);
}
