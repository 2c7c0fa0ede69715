#include "launcher/detect/wsgi_file.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

TEST(WsgiFile, InTheFolderIsAScript) {
  const TemporaryDirectory folder;
  const std::string path = folder.write("wsgi.py", "def application(environ, start): ...\n");
  folder.write("site/wsgi.py");
  const auto application = find_wsgi_file(folder.path());
  ASSERT_TRUE(application);
  EXPECT_TRUE((*application)->is_script);
  EXPECT_EQ((*application)->target, path);
  EXPECT_EQ((*application)->callable, "application");
}

TEST(WsgiFile, InOnePackageIsAModule) {
  const TemporaryDirectory folder;
  folder.write("site/wsgi.py", "from .main import app\n");
  folder.write(".hidden/wsgi.py");
  folder.write("env/pyvenv.cfg");
  folder.write("env/wsgi.py");
  const auto application = find_wsgi_file(folder.path());
  ASSERT_TRUE(application);
  EXPECT_FALSE((*application)->is_script);
  EXPECT_EQ((*application)->target, "site.wsgi");
  EXPECT_EQ((*application)->callable, "app");
}

TEST(WsgiFile, InTwoPackagesIsAmbiguous) {
  const TemporaryDirectory folder;
  folder.write("one/wsgi.py");
  folder.write("two/wsgi.py");
  const auto application = find_wsgi_file(folder.path());
  ASSERT_FALSE(application);
  EXPECT_EQ(application.error().code, Errc::kAmbiguous);
  EXPECT_THAT(application.error().detail, HasSubstr("one.wsgi:application"));
  EXPECT_THAT(application.error().detail, HasSubstr("two.wsgi:application"));
}

TEST(WsgiFile, MayBeMissing) {
  const TemporaryDirectory folder;
  const auto application = find_wsgi_file(folder.path());
  ASSERT_TRUE(application);
  EXPECT_FALSE(*application);
}

}  // namespace
}  // namespace warp
