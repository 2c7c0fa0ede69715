#include "launcher/detect/python.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

class FindPython : public testing::Test {
 protected:
  FindPython() {
    settings_.project_directory = folder_.make_folder("site");
    folder_.write_program("libexec/warp-worker-3.10");
    folder_.write_program("libexec/warp-worker-3.11");
  }
  void make_environment(const std::string& name, const std::string& version) const {
    folder_.write(name + "/pyvenv.cfg", "home = /usr/bin\nversion = " + version + "\n");
    folder_.write_program(name + "/bin/python");
  }
  Result<Python> find() { return find_python(settings_, environment_, folder_ / "libexec"); }

  TemporaryDirectory folder_;
  Settings settings_;
  Environment environment_;
};

TEST_F(FindPython, PrefersTheOptionThenTheActiveThenTheProjectsEnvironment) {
  for (const char* const name : {"site/venv", "site/.venv", "active", "named"})
    make_environment(name, "3.11.2");
  EXPECT_EQ(find()->home, folder_ / "site/.venv");
  environment_["VIRTUAL_ENV"] = folder_ / "active";
  EXPECT_EQ(find()->home, folder_ / "active");
  settings_.python_home = folder_ / "named";
  EXPECT_EQ(find()->home, folder_ / "named");
}

TEST_F(FindPython, TakesTheRepositorysEnvironmentForAProjectInAFolder) {
  make_environment("outer/.venv", "3.11.2");
  EXPECT_EQ(find_python(settings_, environment_, folder_ / "libexec", folder_ / "outer")->home,
            folder_ / "outer/.venv");
}

TEST_F(FindPython, TakesTheEnvironmentsVersion) {
  make_environment("site/venv", "3.10.9");
  const auto python = find();
  ASSERT_TRUE(python);
  EXPECT_EQ(to_string(python->version), "3.10");
  EXPECT_EQ(python->executable, folder_ / "site/venv/bin/python");
}

TEST_F(FindPython, IgnoresAFolderThatOnlyHasTheName) {
  folder_.write("site/venv/__init__.py");
  const auto python = find();
  ASSERT_TRUE(python) << python.error().detail;
  EXPECT_EQ(python->home, "");
}

TEST_F(FindPython, NamesTheVersionsThereAre) {
  make_environment("site/.venv", "3.9.1");
  const auto python = find();
  ASSERT_FALSE(python);
  EXPECT_EQ(python.error().code, Errc::kPythonVersion);
  EXPECT_THAT(python.error().detail, HasSubstr("3.10, 3.11"));
}

TEST_F(FindPython, RefusesAnEnvironmentWhosePythonIsGone) {
  folder_.write("site/.venv/pyvenv.cfg", "version = 3.11.2\n");
  const auto python = find();
  ASSERT_FALSE(python);
  EXPECT_THAT(python.error().detail, HasSubstr(".venv"));
  EXPECT_THAT(python.error().detail, HasSubstr("python3 -m venv"));
}

TEST_F(FindPython, RefusesAHomeThatIsMissing) {
  environment_["VIRTUAL_ENV"] = folder_ / "gone";
  const auto python = find();
  ASSERT_FALSE(python);
  EXPECT_THAT(python.error().detail, HasSubstr("VIRTUAL_ENV"));
}

TEST_F(FindPython, NeedsAWorkerProgram) {
  const auto python = find_python(settings_, environment_, folder_ / "nowhere");
  ASSERT_FALSE(python);
  EXPECT_EQ(python.error().code, Errc::kPythonVersion);
}

}  // namespace
}  // namespace warp
