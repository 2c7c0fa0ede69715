#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "python/bootstrap.hpp"
#include "python/runtime.hpp"
#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Load : public ::testing::Test {
 protected:
  Load() {
    std::string name = std::filesystem::temp_directory_path() / "warp-load-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  ~Load() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name)) << text;
    return path(name);
  }
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  struct Outcome {
    std::string error;  // empty: loaded
    std::vector<std::string> files;
  };

  static Outcome load(wire::TargetKind kind, const std::string& target, const std::string& name,
                      const std::vector<std::string>& python_path = {}) {
    wire::GroupConfig config;
    config.target_kind = kind;
    config.target = target;
    config.callable = name;
    return load(config, python_path);
  }
  static Outcome load(const wire::GroupConfig& config,
                      const std::vector<std::string>& python_path = {}) {
    Outcome outcome;
    with_python([&](Gil& gil) {
      Bootstrap bootstrap;
      ASSERT_TRUE(bootstrap.prepare(gil));
      ASSERT_TRUE(bootstrap.prepare_path(gil, {}, python_path));
      if (bootstrap.load(gil, config)) return;
      const Ref exception = take_exception();
      outcome.error = bootstrap.describe(gil, exception.get());
      outcome.files = bootstrap.files_of(gil, exception.get(), config);
    });
    return outcome;
  }
  static Outcome load_script(const std::string& target, const std::string& name = "application") {
    return load(wire::TargetKind::kScript, target, name);
  }

  std::string folder_;
};

TEST_F(Load, TellsTheProjectsFilesThatAreImported) {
  write("imported_files_of/__init__.py", "from . import part\n");
  const std::string part = write("imported_files_of/part.py", "");
  write("imported_files_of/other.py", "");
  const std::string script =
      write("imports.wsgi", "import imported_files_of, json\napplication = print\n");
  ASSERT_EQ(load(wire::TargetKind::kScript, script, "application", {folder_}).error, "");
  with_python([&](Gil& gil) {
    Bootstrap bootstrap;
    ASSERT_TRUE(bootstrap.prepare(gil));
    const auto files = bootstrap.imported_files(gil, {});
    EXPECT_THAT(files, AllOf(Contains(script), Contains(part)));
    EXPECT_THAT(files, Not(Contains(path("imported_files_of/other.py"))));
    EXPECT_THAT(files, Not(Contains(EndsWith("/json/__init__.py"))));
    // What the project names is its own, wherever it is.
    const Ref json = Ref::steal(PyImport_ImportModule("json"));
    const Ref file = Ref::steal(PyModule_GetFilenameObject(json.get()));
    const std::string standard = PyUnicode_AsUTF8(file.get());
    Bootstrap other;
    ASSERT_TRUE(other.prepare(gil));
    EXPECT_THAT(other.imported_files(gil, {standard.substr(0, standard.rfind('/'))}),
                Contains(standard));
    // An environment within the project is none of its code.
    Bootstrap outer;
    ASSERT_TRUE(outer.prepare(gil));
    EXPECT_THAT(outer.imported_files(gil, {"/"}), AllOf(Contains(script), Not(Contains(standard))));
  });
}

TEST_F(Load, ScriptNeedsNoSuffixAndMayNameACallableWithin) {
  const std::string script =
      write("site.wsgi", "class site:\n    app = staticmethod(lambda e, s: [])\n");
  EXPECT_EQ(load_script(script, "site.app").error, "");
  EXPECT_FALSE(std::filesystem::exists(path("__pycache__")));
}

TEST_F(Load, MissingScriptIsNamed) {
  EXPECT_EQ(
      load_script(path("gone.py")).error,
      "can't read the application's script " + path("gone.py") + ": No such file or directory");
}

TEST_F(Load, MissingCallableListsWhatThereIs) {
  const std::string script =
      write("wsgi.py", "import os\ndef app(): pass\ndef other(): pass\nclass No: pass\n");
  EXPECT_EQ(load_script(script).error,
            script +
                " has no 'application' to call; the callables in it: app, other; set "
                "callable-object to the application's name");
}

TEST_F(Load, ObjectThatIsNotCallableIsNamed) {
  const std::string script = write("wsgi.py", "application = 'text'\n");
  EXPECT_THAT(load_script(script).error, HasSubstr("is not callable but of type str"));
}

TEST_F(Load, FactoryIsCalledForTheApplication) {
  EXPECT_EQ(
      load_script(write("wsgi.py", "def create_app(size=1):\n    return print\n"), "create_app()")
          .error,
      "");
}

TEST_F(Load, FactoryThatGivesNoApplicationIsNamed) {
  const std::string script = write("wsgi.py", "def create_app(): pass\n");
  EXPECT_THAT(load_script(script, "create_app()").error,
              AllOf(StartsWith("create_app() in " + script), HasSubstr("of type NoneType")));
}

TEST_F(Load, FactoryThatNeedsArgumentsIsNamed) {
  const std::string script = write("wsgi.py", "def create_app(config): return print\n");
  EXPECT_THAT(load_script(script, "create_app()").error,
              AllOf(HasSubstr("can't be called without arguments"), HasSubstr("'config'"),
                    Not(HasSubstr("Traceback"))));
}

TEST_F(Load, FactoryThatFailsIsShownWithItsTraceback) {
  const std::string script = write("wsgi.py", "def create_app():\n    return len(3)\n");
  EXPECT_THAT(load_script(script, "create_app()").error,
              AllOf(HasSubstr("Traceback"), HasSubstr("wsgi.py\", line 2")));
}

TEST_F(Load, SyntaxErrorNamesFileAndLineAndWatchesIt) {
  write("broken_part.py", "x = (\n");
  const std::string script = write("wsgi.py", "import broken_part\n");
  const Outcome outcome = load(wire::TargetKind::kScript, script, "application", {folder_});
  EXPECT_THAT(outcome.error,
              AllOf(HasSubstr("SyntaxError"), HasSubstr("broken_part.py\", line 1")));
  EXPECT_THAT(outcome.files, AllOf(Contains(script), Contains(path("broken_part.py"))));
}

TEST_F(Load, TracebackBeginsInTheApplication) {
  const std::string script = write("wsgi.py", "import missing_part_of_it\n");
  const Outcome outcome = load_script(script);
  EXPECT_THAT(outcome.error,
              StartsWith("Traceback (most recent call last):\n  File \"" + script + "\", line 1"));
  EXPECT_THAT(outcome.error, Not(HasSubstr("warpdrive")));
}

TEST_F(Load, ExitDuringImportIsAnError) {
  EXPECT_THAT(load_script(write("wsgi.py", "raise SystemExit(2)\n")).error,
              HasSubstr("SystemExit: 2"));
}

TEST_F(Load, ModuleIsFoundOnThePythonPath) {
  write("load_package/__init__.py", "");
  write("load_package/site.py", "application = print\n");
  EXPECT_EQ(load(wire::TargetKind::kModule, "load_package.site", "application", {folder_}).error,
            "");
}

TEST_F(Load, MissingModuleIsNamedWithThePath) {
  const Outcome outcome =
      load(wire::TargetKind::kModule, "no_such_package.wsgi", "application", {folder_});
  EXPECT_THAT(outcome.error, AllOf(HasSubstr("no module named 'no_such_package'"),
                                   HasSubstr(folder_), Not(HasSubstr("Traceback"))));
}

TEST_F(Load, FailedModuleWatchesItsFile) {
  const std::string file = write("failing_module.py", "1 / 0\n");
  const Outcome outcome =
      load(wire::TargetKind::kModule, "failing_module", "application", {folder_});
  EXPECT_THAT(outcome.error, HasSubstr("ZeroDivisionError"));
  EXPECT_THAT(outcome.files, Contains(file));
}

TEST_F(Load, PathFilesAreFollowed) {
  write("named/through_pth.py", "application = print\n");
  write("extra.pth", path("named") + "\n");
  EXPECT_EQ(load(wire::TargetKind::kModule, "through_pth", "application", {folder_}).error, "");
}

TEST_F(Load, ImportScriptsComeFirstInTheirOrder) {
  wire::GroupConfig config;
  config.target =
      write("wsgi.py", "import sys\nassert sys.warp_imports == [1, 2]\napplication = print\n");
  config.import_scripts = {write("one/first.wsgi", "import sys\nsys.warp_imports = [1]\n"),
                           write("two/first.wsgi", "import sys\nsys.warp_imports.append(2)\n")};
  EXPECT_EQ(load(config).error, "");
}

TEST_F(Load, ApplicationAmongTheImportScriptsIsRunOnce) {
  wire::GroupConfig config;
  config.target = write("once.py",
                        "import sys\nassert not hasattr(sys, 'warp_once')\n"
                        "sys.warp_once = True\napplication = print\n");
  config.import_scripts = {config.target};
  EXPECT_EQ(load(config).error, "");
}

TEST_F(Load, FailedImportScriptIsAFailedLoadThatWatchesIt) {
  wire::GroupConfig config;
  config.target = write("wsgi.py", "application = print\n");
  config.import_scripts = {write("preload.py", "raise KeyError('preload')\n")};
  const Outcome outcome = load(config);
  EXPECT_THAT(outcome.error, HasSubstr("KeyError: 'preload'"));
  EXPECT_THAT(outcome.files, AllOf(Contains(config.target), Contains(path("preload.py"))));
}

TEST_F(Load, MissingImportScriptIsNamed) {
  wire::GroupConfig config;
  config.target = write("wsgi.py", "application = print\n");
  config.import_scripts = {path("gone.py")};
  EXPECT_EQ(load(config).error,
            "can't read the script to import " + path("gone.py") + ": No such file or directory");
}

TEST_F(Load, EnvironmentOfAnotherPythonIsRefused) {
  write("pyvenv.cfg", "version = 3.5.1\n");
  const auto found = find_interpreter(folder_);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::kPythonVersion);
  EXPECT_THAT(found.error().detail, HasSubstr("is of Python 3.5"));
}

TEST_F(Load, FolderThatIsNoEnvironmentIsRefused) {
  EXPECT_EQ(find_interpreter(folder_).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace warp::python::testing
