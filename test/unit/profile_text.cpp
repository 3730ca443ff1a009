// Text of profiles: what is written is read back, what is damaged is told.
#include "profile_random.h"
#include "profiler/format/counter_reader.h"

#include <gtest/gtest.h>

using namespace krait;

namespace {
const char kHead[] = "kprof 1 abi 0123456789abcdef\n";

std::string errorOf(const std::string &text) {
  Profile profile;
  ProfileError error;
  return readProfile(text, profile, error) ? "" : error.describe("p");
}

Profile readOk(const std::string &text) {
  Profile profile;
  ProfileError error;
  EXPECT_TRUE(readProfile(text, profile, error)) << error.describe("p");
  return profile;
}

/// One to four bytes changed, removed, doubled or added.
std::string damage(std::string text, RandomProfiles &random) {
  for (uint64_t i = 1 + random.below(4); i-- > 0 && !text.empty();) {
    size_t at = random.below(text.size());
    switch (random.below(5)) {
    case 0:
      text[at] = static_cast<char>(random.bits());
      break;
    case 1:
      text.resize(at);
      break;
    case 2:
      text.erase(at, random.below(20));
      break;
    case 3:
      text.insert(at, text.substr(random.below(text.size()), random.below(60)));
      break;
    case 4:
      text[at] ^= 1 << random.below(8);
      break;
    }
  }
  return text;
}
} // namespace

TEST(ProfileText, canonicalTextIsWrittenAsRead) {
  std::string text =
      std::string(kHead) +
      "module \"a b\"\n"
      "module app\n"
      "  import math 2\n"
      "  open \"data file.txt\" 1\n"
      "  function Vec.dot 00000000000000ff 100\n"
      "    argument 0 100 types[app:Vec{x,y,z}=100]\n"
      "    return 100 types[float=100] raises[KeyError=2]\n"
      "    site 0 LoadAttr 100 types[app:Vec{x,y,z}=98 *]\n"
      "    site 1 Call 50 types[@function(app:f.<locals>.<lambda>#2)=50] finals[app:Vec{x,y}=1]\n"
      "    site 2 JumpIfLt 100 types[int,float=2 int,int=98] taken=40 overflow\n"
      "    site 3 GetItem 9 types[*]\n"
      "  function f#1 00000000000000fe 0\n";
  EXPECT_EQ(writeProfile(readOk(text)), text);
}

TEST(ProfileText, readsOtherOrderCommentsAndSpaces) {
  std::string text = std::string(kHead) +
                     "\n# why not\r\nmodule b\nmodule   a  \nfunction f 0000000000000001 7 \n"
                     "site 1 Add 2\nsite 0 Add 1\n";
  EXPECT_EQ(writeProfile(readOk(text)), std::string(kHead) +
                                            "module a\n  function f 0000000000000001 7\n"
                                            "    site 0 Add 1\n    site 1 Add 2\nmodule b\n");
}

TEST(ProfileText, randomProfilesComeBack) {
  RandomProfiles random(1);
  for (int i = 0; i < 2000; ++i) {
    Profile profile = random.profile();
    std::string text = writeProfile(profile);
    Profile again = readOk(text);
    ASSERT_EQ(writeProfile(again), text);
  }
}

TEST(ProfileText, symbolsComeBack) {
  RandomProfiles random(2);
  for (int i = 0; i < 20000; ++i) {
    ProfileSymbol symbol = random.symbol(), again;
    std::string text = spellSymbol(symbol);
    ASSERT_TRUE(parseSymbol(text, again)) << text;
    ASSERT_EQ(symbol, again) << text;
  }
}

TEST(ProfileText, faultsHaveAPlaceAndAReason) {
  EXPECT_EQ(errorOf(""), "p: not a Krait profile: the first line must be 'kprof VERSION abi HASH'");
  EXPECT_EQ(errorOf("\x7f"
                    "ELF"),
            "p:1:1: not a Krait profile: the first line must be 'kprof VERSION abi HASH'");
  EXPECT_EQ(errorOf("kprof 2 abi 0123456789abcdef\n"),
            "p:1:8: profile format version 2 is not known; this Krait reads version 1");
  std::string head = kHead;
  EXPECT_EQ(errorOf(head + "site 0 Add 1\n"), "p:2:5: a site belongs to a function, but none was begun");
  EXPECT_EQ(errorOf(head + "module a\nmodule a\n"), "p:3:9: this module stands in the file twice");
  EXPECT_EQ(errorOf(head + "module a\n  function f 1 1\n"),
            "p:3:15: expected the hash of the code, 16 hexadecimal digits");
  std::string function = head + "module a\n  function f 0000000000000001 1\n";
  EXPECT_EQ(errorOf(function + "    site 0 Add 1 types[int=1,]\n"), "p:4:29: expected a space or ']'");
  EXPECT_EQ(errorOf(function + "    site 0 Add 1 types[int=1"), "p:4:29: expected a space or ']'");
  EXPECT_EQ(errorOf(function + "    site 0 Add 1"),
            "p:4:17: the last line is not complete: the file was cut off");
  EXPECT_EQ(errorOf(function + "    site 0 Add 18446744073709551616\n"), "p:4:35: expected a count");
  EXPECT_EQ(errorOf(function + "    site 0 Add 1 wrong\n"),
            "p:4:18: expected types[...], taken=N, overflow, raises[...] or finals[...], each once");
  EXPECT_EQ(errorOf(function + "    what\n"),
            "p:4:5: expected module, import, open, function, argument, return or site");
}

TEST(ProfileText, tenThousandDamagedInputsAreReadOrTold) {
  RandomProfiles random(3);
  int told = 0;
  for (int i = 0; i < 10000; ++i) {
    std::string text = damage(writeProfile(random.profile()), random);
    Profile profile;
    ProfileError error;
    if (readProfile(text, profile, error)) {
      ASSERT_EQ(writeProfile(readOk(writeProfile(profile))), writeProfile(profile));
    } else {
      ++told;
      ASSERT_FALSE(error.message.empty());
      ASSERT_EQ(profile, Profile());
    }
  }
  EXPECT_GT(told, 2500);
}
