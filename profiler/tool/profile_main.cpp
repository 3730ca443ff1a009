// The command line of `krait profile`: one function a verb.
#include "profiler/tool/profile_tool.h"

#include "profiler/format/counter_reader.h"
#include "profiler/tool/edits.h"
#include "profiler/tool/source_code.h"
#include "profiler/tool/views.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace krait {

namespace {

/// The only thing thrown here: ends the verb with a message and an exit code. Caught in profileMain.
struct Failure {
  ProfileExit code;
  std::string message;
};

Profile load(const std::string &path) {
  Profile profile;
  ProfileError error;
  if (!loadProfile(path.c_str(), profile, error))
    throw Failure{ProfileExit::Unreadable, error.describe(path)};
  return profile;
}

void save(const std::string &path, const Profile &profile) {
  std::string error;
  if (path == "-")
    std::fputs(writeProfile(profile).c_str(), stdout);
  else if (!saveProfile(path.c_str(), profile, &error))
    throw Failure{ProfileExit::Usage, error};
}

struct Arguments {
  std::string profile;
  std::vector<std::string> files;
  std::vector<std::string> sources;
  std::string output = "-";
  std::vector<uint64_t> weights;
  ProfileFilter filter;
  bool json = false;
  bool kindsOnly = false;
  size_t top = 10;
};

ProfileExit show(const Arguments &args) {
  Profile profile = load(args.profile);
  std::fputs((args.json ? jsonProfile : showProfile)(profile, args.filter).c_str(), stdout);
  return ProfileExit::Ok;
}

ProfileExit convert(const Arguments &args) {
  save(args.output, load(args.profile));
  return ProfileExit::Ok;
}

ProfileExit merge(const Arguments &args) {
  if (!args.weights.empty() && args.weights.size() != args.files.size())
    throw Failure{ProfileExit::Usage, "merge: give -w once for each profile or not at all"};
  Profile all;
  for (size_t i = 0; i < args.files.size(); ++i) {
    Profile next = load(args.files[i]);
    if (i == 0)
      all.abi = next.abi;
    if (!mergeProfile(all, next, args.weights.empty() ? 1 : args.weights[i]))
      throw Failure{ProfileExit::Unreadable,
                    args.files[i] + ": recorded by another version of Krait than " + args.files[0]};
  }
  save(args.output, all);
  return ProfileExit::Ok;
}

ProfileExit diff(const Arguments &args) {
  std::string difference = diffProfiles(load(args.files[0]), load(args.files[1]), args.kindsOnly);
  std::fputs(difference.c_str(), stdout);
  return difference.empty() ? ProfileExit::Ok : ProfileExit::Differs;
}

/// [argument] is MODULE=PATH or a path; the module of a bare path is its stem if the profile knows that, else
/// __main__.
SourceModule loadSourceArgument(const std::string &argument, const Profile &profile) {
  size_t equals = argument.find('=');
  std::string path = equals == std::string::npos ? argument : argument.substr(equals + 1);
  std::string module =
      equals == std::string::npos ? path.substr(path.find_last_of('/') + 1) : argument.substr(0, equals);
  if (equals == std::string::npos) {
    module = module.substr(0, module.rfind(".py"));
    if (!profile.modules.contains(module))
      module = "__main__";
  }
  SourceModule source;
  std::string error;
  if (!loadSource(path, module, source, error))
    throw Failure{ProfileExit::Unreadable, error};
  return source;
}

ProfileExit check(const Arguments &args) {
  Profile profile = load(args.profile), checked;
  checked.abi = profile.abi;
  std::vector<CodeDescription> program;
  std::vector<std::string> modules;
  for (const std::string &argument : args.sources) {
    SourceModule source = loadSourceArgument(argument, profile);
    modules.push_back(source.module);
    if (auto found = profile.modules.find(source.module); found != profile.modules.end())
      checked.modules.insert(*found);
    for (SourceCode &code : source.codes)
      program.push_back(std::move(code.description));
  }
  MatchReport report = matchProfile(checked, program);
  std::fputs(describeMatch(report, modules).c_str(), stdout);
  return report.exactFunctions == report.functions.size() ? ProfileExit::Ok : ProfileExit::Differs;
}

ProfileExit annotate(const Arguments &args) {
  Profile profile = load(args.profile);
  for (const std::string &argument : args.sources)
    std::fputs(annotateSource(loadSourceArgument(argument, profile), profile).c_str(), stdout);
  return ProfileExit::Ok;
}

ProfileExit report(const Arguments &args) {
  std::fputs(reportProfile(load(args.profile), args.top).c_str(), stdout);
  return ProfileExit::Ok;
}

ProfileExit lie(const Arguments &args) {
  save(args.files[1], lieAbout(load(args.files[0])));
  return ProfileExit::Ok;
}

/// A verb: its options are declared by [declare], which fills the same Arguments that [run] reads.
struct Verb {
  const char *name;
  const char *help;
  void (*declare)(CLI::App &, Arguments &);
  ProfileExit (*run)(const Arguments &);
};

void oneFile(CLI::App &app, Arguments &args) {
  app.add_option("profile", args.profile, "a .kprof file, or the counter file of a recording")->required();
}

void fileAndSources(CLI::App &app, Arguments &args) {
  oneFile(app, args);
  app.add_option("sources", args.sources, "MODULE=PATH or PATH (its module is its stem, or else __main__)")
      ->required()
      ->expected(1, -1);
}

void fileAndOutput(CLI::App &app, Arguments &args) {
  oneFile(app, args);
  app.add_option("-o,--output", args.output, "where the text goes")->capture_default_str();
}

const Verb kVerbs[] = {
    {"show", "print a profile for reading",
     [](CLI::App &app, Arguments &args) {
       oneFile(app, args);
       app.add_flag("--json", args.json, "print JSON");
       app.add_option("--module", args.filter.module, "only this module");
       app.add_option("--function", args.filter.function, "only functions of this qualified name");
     },
     show},
    {"convert", "write a counter file (or a profile) as canonical text", fileAndOutput, convert},
    {"merge", "add profiles up",
     [](CLI::App &app, Arguments &args) {
       app.add_option("profiles", args.files, "profiles or counter files")->required()->expected(1, -1);
       app.add_option("-o,--output", args.output, "where the sum goes")->capture_default_str();
       app.add_option("-w,--weight", args.weights, "weight of a profile; once for each, in order")
           ->allow_extra_args(false);
     },
     merge},
    {"diff", "print what differs between two profiles; exit code 1 if anything does",
     [](CLI::App &app, Arguments &args) {
       app.add_option("profiles", args.files, "before and after")->required()->expected(2);
       app.add_flag("--kinds", args.kindsOnly, "ignore how often, compare what");
     },
     diff},
    {"check", "say how much of a profile fits the source; exit code 1 if not all", fileAndSources, check},
    {"annotate", "print source with what was recorded for it", fileAndSources, annotate},
    {"report", "say what stands in the way of fast code",
     [](CLI::App &app, Arguments &args) {
       oneFile(app, args);
       app.add_option("--top", args.top, "rows a section")->capture_default_str();
     },
     report},
    {"lie", "write a profile of the same code that is wrong everywhere (for tests)",
     [](CLI::App &app, Arguments &args) {
       app.add_option("files", args.files, "input and output")->required()->expected(2);
     },
     lie},
};

int runVerb(int argc, char **argv) {
  CLI::App app("Profiles: what a recorded program did", "krait profile");
  app.require_subcommand(1);
  app.footer("Exit codes: 0 done, 1 differs or stale, 2 usage, 3 unreadable input.");
  Arguments args;
  std::vector<std::pair<CLI::App *, const Verb *>> subcommands;
  for (const Verb &verb : kVerbs) {
    CLI::App *subcommand = app.add_subcommand(verb.name, verb.help);
    verb.declare(*subcommand, args);
    subcommands.emplace_back(subcommand, &verb);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(ProfileExit::Usage);
  }
  for (auto [subcommand, verb] : subcommands)
    if (subcommand->parsed())
      return static_cast<int>(verb->run(args));
  return static_cast<int>(ProfileExit::Usage);
}

} // namespace

int profileMain(int argc, char **argv) {
  try {
    return runVerb(argc, argv);
  } catch (const Failure &failure) {
    std::fprintf(stderr, "krait profile: %s\n", failure.message.c_str());
    return static_cast<int>(failure.code);
  }
}

} // namespace krait
