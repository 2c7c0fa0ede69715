#include "launcher/detect/syntax.hpp"

#include <gmock/gmock.h>

#include "launcher/host/linux_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

TEST(FileOf, FindsAModuleOfTheProject) {
  const TemporaryDirectory folder;
  const std::string module = folder.write("site.v2/shop/wsgi.py");
  const std::string package = folder.write("site.v2/web/__init__.py");
  EXPECT_EQ(file_of({.target = "shop.wsgi"}, folder / "site.v2"), module);
  EXPECT_EQ(file_of({.target = "web"}, folder / "site.v2"), package);
  EXPECT_EQ(file_of({.target = "elsewhere.wsgi"}, folder / "site.v2"), "");
  EXPECT_EQ(file_of({.target = "/srv/x.wsgi", .is_script = true}, "/srv"), "/srv/x.wsgi");
}

class Syntax : public testing::Test {
 protected:
  Syntax() {
    project_.directory = folder_.path();
    project_.user = host_.current_user();
    project_.python.executable = "/usr/bin/python3";
  }
  Result<> check(std::string_view text) {
    project_.application = {.target = folder_.write("wsgi.py", text), .is_script = true};
    return check_syntax(host_, project_);
  }
  TemporaryDirectory folder_;
  LinuxHost host_{StopSignals()};
  Project project_;
};

TEST_F(Syntax, IsCheckedWithoutRunningTheFile) {
  const auto checked = check("# coding: latin-1\nraise SystemExit(3)\n");
  EXPECT_TRUE(checked) << checked.error().detail;
}

TEST_F(Syntax, ErrorsNameFileAndLine) {
  const auto checked = check("import os\ndef application(:\n    pass\n");
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, Errc::kPython);
  EXPECT_THAT(checked.error().detail, HasSubstr(folder_ / "wsgi.py\", line 2"));
  EXPECT_THAT(checked.error().detail, HasSubstr("SyntaxError"));
}

TEST_F(Syntax, IsNotCheckedWithoutAPythonProgram) {
  project_.python.executable.clear();
  EXPECT_TRUE(check("def (\n"));
}

}  // namespace
}  // namespace warp
