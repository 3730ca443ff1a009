// Profiles held against source: check and annotate.
#include "profiler/tool/source_code.h"

#include <gtest/gtest.h>

#include <fstream>
#include <unistd.h>

using namespace krait;

namespace {
const char kSource[] = "def f(n):\n"
                       "    t = 0\n"
                       "    for i in range(n):\n"
                       "        t = t + i\n"
                       "    return [lambda q: q + 1, lambda q: q + 1]\n";

class ProfileSource : public testing::Test {
protected:
  ProfileSource() : path_(testing::TempDir() + "krait_source_" + std::to_string(getpid()) + ".py") {}
  ~ProfileSource() override { unlink(path_.c_str()); }

  SourceModule load(const std::string &text) {
    std::ofstream(path_) << text;
    SourceModule source;
    EXPECT_TRUE(loadSource(path_, "app", source, error_)) << error_;
    return source;
  }

  /// A profile in which every site of every function was met ten times.
  Profile profileOf(const SourceModule &source) {
    Profile profile;
    for (const SourceCode &code : source.codes) {
      FunctionProfile &function = profile.modules["app"].functions[code.description.key];
      function.entries = 3;
      for (uint32_t i = 0; i < code.description.siteOpcodes.size(); ++i) {
        Facts &facts = function.sites[{i, std::string(code.description.siteOpcodes[i])}];
        facts.count = 10;
        facts.types.add({ProfileSymbol{ProfileSymbol::Kind::Type, "", "int"}}, 10);
      }
    }
    return profile;
  }

  std::vector<CodeDescription> descriptions(const SourceModule &source) {
    std::vector<CodeDescription> program;
    for (const SourceCode &code : source.codes)
      program.push_back(code.description);
    return program;
  }

  std::string path_, error_;
};
} // namespace

TEST_F(ProfileSource, equalNamesAreNumberedInPreorder) {
  SourceModule source = load(kSource);
  ASSERT_EQ(source.codes.size(), 4u);
  EXPECT_EQ(source.codes[0].description.key.qualname, "<module>");
  EXPECT_EQ(source.codes[1].description.key.qualname, "f");
  EXPECT_EQ(source.codes[2].description.key.qualname, "f.<locals>.<lambda>");
  EXPECT_EQ(source.codes[2].description.key.ordinal, 0u);
  EXPECT_EQ(source.codes[3].description.key.ordinal, 1u);
}

TEST_F(ProfileSource, theSameSourceFits) {
  SourceModule source = load(kSource);
  MatchReport report = matchProfile(profileOf(source), descriptions(source));
  EXPECT_EQ(describeMatch(report, {"app"}), "4 of 4 functions fit, with 100 % of what was recorded\n");
}

TEST_F(ProfileSource, anEditElsewhereLosesOneFunction) {
  Profile profile = profileOf(load(kSource));
  std::string edited = kSource;
  edited.replace(edited.find("t + i"), 5, "t - i");
  MatchReport report = matchProfile(profile, descriptions(load("# moved by a line\n" + edited)));
  EXPECT_EQ(report.exactFunctions, 3u);
  std::string text = describeMatch(report, {"app"});
  EXPECT_NE(text.find("app:f: changed; 8"), std::string::npos) << text; // most sites are as they were
  EXPECT_NE(text.find("3 of 4 functions fit, with "), std::string::npos) << text;
}

TEST_F(ProfileSource, annotationStandsAtTheLine) {
  SourceModule source = load(kSource);
  std::string text = annotateSource(source, profileOf(source));
  EXPECT_NE(text.find("              10  |         t = t + i\n                  #   Add: int\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("                  |     t = 0\n"), std::string::npos) << text;
}

TEST_F(ProfileSource, faultsOfTheSourceAreOneLine) {
  SourceModule source;
  EXPECT_FALSE(loadSource("/nonexistent.py", "app", source, error_));
  EXPECT_EQ(error_, "/nonexistent.py: cannot read: No such file or directory");
  std::ofstream(path_) << "def (:\n";
  EXPECT_FALSE(loadSource(path_, "app", source, error_));
  EXPECT_EQ(error_, path_ + ":1:5: invalid syntax");
}
