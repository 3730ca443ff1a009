// The counter file: what was noted is read, at any instant and after any end of the process.
#include "profiler/format/counter_file.h"
#include "profiler/format/counter_reader.h"
#include "profiler/format/symbol.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <random>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

using namespace krait;

namespace {
uint16_t opcode(const char *name) {
  for (size_t i = 0; i < kOpcodeCount; ++i)
    if (std::string_view(name) == kOpcodeInfo[i].name)
      return static_cast<uint16_t>(i);
  return UINT16_MAX;
}

class CounterFile : public testing::Test {
protected:
  CounterFile() : path_(testing::TempDir() + "krait_counter_" + std::to_string(getpid())) {}
  ~CounterFile() override { unlink(path_.c_str()); }

  void open() {
    std::string error;
    ASSERT_TRUE(writer_.open(path_.c_str(), &error)) << error;
  }

  std::string bytes() {
    std::stringstream out;
    out << std::ifstream(path_, std::ios::binary).rdbuf();
    return out.str();
  }

  Profile load() {
    Profile profile;
    ProfileError error;
    EXPECT_TRUE(loadProfile(path_.c_str(), profile, error)) << error.describe(path_);
    return profile;
  }

  std::string loadText() {
    std::string text = writeProfile(load());
    return text.substr(text.find('\n') + 1);
  }

  CodeBlock *addFunction() {
    const uint16_t opcodes[] = {opcode("Add"), opcode("JumpIfLt"), opcode("Call"), opcode("LoopBack")};
    return writer_.addCode({"app", "f", 1, 0xabc}, opcodes, 4, 2);
  }

  void noteEverything(CodeBlock *block) {
    countEntry(block);
    noteKinds(block->argument(1), BuiltinKind::Int);
    noteKinds(block->result(), BuiltinKind::None);
    for (int i = 0; i < 3; ++i)
      noteKinds(block->site(0), BuiltinKind::Int, BuiltinKind::Float);
    noteOverflow(block->site(0));
    for (int i = 0; i < 4; ++i) {
      noteKinds(block->site(1), BuiltinKind::Int, BuiltinKind::Int);
      noteBranch(block->site(1), i == 0);
    }
    uint32_t vec = writer_.intern({ProfileSymbol::Kind::Class, "app", "Vec"});
    EXPECT_EQ(vec, writer_.intern({ProfileSymbol::Kind::Class, "app", "Vec"}));
    noteKinds(block->site(2), vec);
    writer_.noteFinalShape(block, 2,
                           writer_.intern({ProfileSymbol::Kind::Shape, "app", "Vec", 0, {"x", "y"}}));
    writer_.noteException(block, 2, writer_.intern({ProfileSymbol::Kind::Type, "", "KeyError"}));
    writer_.noteException(block, 2, writer_.intern({ProfileSymbol::Kind::Type, "", "KeyError"}));
    noteEvent(block->site(3));
    writer_.noteImport(block, "math");
    writer_.noteOpen(block, "data file");
  }

  std::string path_;
  CounterWriter writer_;
};

const char kEverything[] =
    "module app\n"
    "  import math 1\n"
    "  open \"data file\" 1\n"
    "  function f#1 0000000000000abc 1\n"
    "    argument 1 1 types[int=1]\n"
    "    return 1 types[NoneType=1]\n"
    "    site 0 Add 3 types[int,float=3] overflow\n"
    "    site 1 JumpIfLt 4 types[int,int=4] taken=1\n"
    "    site 2 Call 1 types[@class(app:Vec)=1] raises[KeyError=2] finals[app:Vec{x,y}=1]\n"
    "    site 3 LoopBack 1\n";
} // namespace

TEST_F(CounterFile, readsWhatWasNotedWhileItIsBeingWritten) {
  open();
  noteEverything(addFunction());
  EXPECT_EQ(loadText(), kEverything);
  writer_.close();
  EXPECT_EQ(loadText(), kEverything);
  EXPECT_LT(bytes().size(), 2000u);
}

TEST_F(CounterFile, aFifthKindMakesItMany) {
  open();
  CodeBlock *block = addFunction();
  for (uint32_t kind = 1; kind <= 6; ++kind)
    noteKinds(block->site(0), kind);
  Facts facts = load().modules["app"].functions.begin()->second.sites.begin()->second;
  EXPECT_EQ(facts.count, 6u);
  EXPECT_EQ(facts.types.entries.size(), 4u);
  EXPECT_TRUE(facts.types.many);
}

TEST_F(CounterFile, countersCarryPast32BitsAndSaturateAt40) {
  open();
  CodeBlock *block = addFunction();
  SiteRecord *site = block->site(3);
  site->low[SiteRecord::kOther] = 0xffffffff;
  noteEvent(site);
  noteEvent(site);
  EXPECT_EQ(site->value(SiteRecord::kOther), 0x100000001u);
  site->low[SiteRecord::kOther] = 0xffffffff;
  site->high[SiteRecord::kOther] = 0xff;
  noteEvent(site);
  EXPECT_EQ(site->value(SiteRecord::kOther), 0xffffffffffu);
}

TEST_F(CounterFile, growsWithoutMovingRecords) {
  open();
  CodeBlock *first = addFunction();
  for (uint32_t i = 0; i < 20000; ++i)
    countEntry(writer_.addCode({"many", "f" + std::to_string(i), 0, i}, nullptr, 0, 1));
  noteEverything(first);
  Profile profile = load();
  EXPECT_EQ(profile.modules["many"].functions.size(), 20000u);
  EXPECT_EQ(profile.modules["app"].functions.size(), 1u);
}

TEST_F(CounterFile, aForkedChildThatDetachesLeavesTheFileAlone) {
  open();
  CodeBlock *block = addFunction();
  pid_t child = fork();
  if (child == 0) {
    writer_.detach();
    noteEverything(block);
    addFunction();
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  noteEverything(block);
  EXPECT_EQ(loadText(), kEverything);
}

TEST_F(CounterFile, failedOpenRecordsIntoNothing) {
  std::string error;
  EXPECT_FALSE(writer_.open("/nonexistent/file", &error));
  EXPECT_EQ(error, "cannot write '/nonexistent/file': No such file or directory");
  noteEverything(addFunction());
}

// The writer counts in lockstep, so whatever instant the kill hits, the counts of a block differ by one at
// most.
TEST_F(CounterFile, survivesBeingKilledAtTwoHundredInstants) {
  std::mt19937 random(7);
  uint64_t functionsSeen = 0;
  for (int round = 0; round < 200; ++round) {
    pid_t child = fork();
    if (child == 0) {
      std::string error;
      if (!writer_.open(path_.c_str(), &error))
        _exit(1);
      for (uint64_t i = 0;; ++i) {
        const uint16_t opcodes[] = {opcode("Add"), opcode("Call")};
        CodeBlock *block =
            writer_.addCode({"m" + std::to_string(i % 5), "f" + std::to_string(i), 0, i}, opcodes, 2, 1);
        uint32_t kind = writer_.intern({ProfileSymbol::Kind::Class, "m", "C" + std::to_string(i)});
        for (int j = 0; j < 50; ++j) {
          noteKinds(block->site(0), kind);
          noteKinds(block->site(1), kind, kind);
          writer_.noteException(block, 1, kind);
        }
      }
    }
    usleep(500 + random() % 6000);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    if (!isCounterFile(bytes()))
      continue; // killed before the head was written
    Profile profile = load();
    for (auto &[moduleName, module] : profile.modules)
      for (auto &[key, function] : module.functions) {
        ++functionsSeen;
        uint64_t adds = function.sites[{0, "Add"}].count, calls = function.sites[{1, "Call"}].count;
        ASSERT_TRUE(adds == calls || adds == calls + 1) << adds << " " << calls;
      }
  }
  EXPECT_GT(functionsSeen, 1000u);
}

TEST_F(CounterFile, tenThousandDamagedFilesAreReadOrTold) {
  open();
  noteEverything(addFunction());
  writer_.close();
  const std::string sound = bytes();
  std::mt19937_64 random(8);
  int told = 0;
  for (int i = 0; i < 10000; ++i) {
    std::string damaged = sound;
    for (uint64_t j = 1 + random() % 4; j-- > 0;)
      damaged[random() % damaged.size()] ^= static_cast<char>(1 << random() % 8);
    if (random() % 4 == 0)
      damaged.resize(random() % damaged.size());
    Profile profile;
    ProfileError error;
    if (!readCounterFile(damaged, profile, error)) {
      ++told;
      ASSERT_FALSE(error.message.empty());
    }
  }
  EXPECT_GT(told, 1000);
}
