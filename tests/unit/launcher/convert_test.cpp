#include "launcher/convert/convert.hpp"

#include <gmock/gmock.h>

#include "launcher/convert/sources.hpp"
#include "launcher/convert/toml_text.hpp"
#include "launcher/settings/toml_file.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;
using testing::Not;

// Every option of what was made can be read again.
std::string checked(const Conversion& conversion) {
  std::string text = toml_text(conversion, "x");
  Problems problems;
  const auto givens = read_toml({.path = "/srv/warpdrive.toml", .text = text}, problems);
  EXPECT_TRUE(problems.empty()) << text << problems.front().detail;
  EXPECT_EQ(givens->size(), conversion.givens.size());
  return text;
}

std::string from_uwsgi(const std::string& text) {
  return checked(*convert_uwsgi({"/srv/uwsgi.ini", text}, {}));
}

std::string from_virtual_host(const std::string& text) {
  return checked(convert_virtual_host({"/etc/site.conf", text}));
}

TEST(ConvertUwsgi, TakesWhatHasAnEquivalent) {
  const std::string text = from_uwsgi(
      "[uwsgi]\nhttp = 127.0.0.1:9000\nmodule = shop.wsgi:app\nworkers = 4\nharakiri = 30\n"
      "reload-on-rss = 256\nenv = A=b\nenv = C=\"d\"\nstatic-map = /static=static\n");
  EXPECT_THAT(text, HasSubstr("port = 9000  # uwsgi.ini:2\nhost = \"127.0.0.1\""));
  EXPECT_THAT(text, HasSubstr("entry-point = \"shop.wsgi:app\""));
  EXPECT_THAT(text, HasSubstr("processes = 4"));
  EXPECT_THAT(text, HasSubstr("request-timeout = 30"));
  EXPECT_THAT(text, HasSubstr("memory-limit = \"256M\""));
  EXPECT_THAT(text, HasSubstr(R"(setenv = { "A" = "b", "C" = "\"d\"" })"));
  EXPECT_THAT(text, HasSubstr(R"(url-alias = { "/static" = "/srv/static" })"));
  EXPECT_THAT(text, Not(HasSubstr("Without an equivalent")));
}

TEST(ConvertUwsgi, TellsWhatIsLeftAndWhy) {
  const std::string text =
      from_uwsgi("[uwsgi]\nsocket = /run/x.sock\nmaster = 1\nworkers = many\nnovel = x\n");
  EXPECT_THAT(text, HasSubstr("\n# - socket = /run/x.sock: uWSGI's own protocol"));
  EXPECT_THAT(text, HasSubstr("\n# - master = 1: it is always so here [uwsgi.ini:3]"));
  EXPECT_THAT(text, HasSubstr("\n# - workers = many: "));
  EXPECT_THAT(text, HasSubstr("\n# - novel = x: unknown here"));
  EXPECT_THAT(text, Not(HasSubstr("processes")));
}

TEST(ConvertVirtualHost, TakesWhatHasAnEquivalent) {
  const std::string text = from_virtual_host(
      "# WSGI\n<VirtualHost *:80>\n  ServerName shop.example\n  ServerAlias a.example b.example\n"
      "  Alias /static/ /srv/static\n"
      "  WSGIDaemonProcess shop processes=2 threads=15 \\\n    python-home=/srv/venv "
      "display-name=%{GROUP}\n"
      "  WSGIProcessGroup shop\n  WSGIScriptAlias /shop /srv/shop/wsgi.py process-group=shop\n"
      "  <Directory /srv>\n    Require all granted\n  </Directory>\n</VirtualHost>\n");
  EXPECT_THAT(text, HasSubstr("port = 80"));
  EXPECT_THAT(text, HasSubstr("server-name = \"shop.example\""));
  EXPECT_THAT(text, HasSubstr(R"(server-alias = ["a.example", "b.example"])"));
  EXPECT_THAT(text, HasSubstr("processes = 2"));
  EXPECT_THAT(text, HasSubstr("python-home = \"/srv/venv\""));
  EXPECT_THAT(text, HasSubstr("mount-point = \"/shop\""));
  EXPECT_THAT(text, HasSubstr("entry-point = \"/srv/shop/wsgi.py\""));
  EXPECT_THAT(text, HasSubstr("# - display-name = %{GROUP}: "));
  EXPECT_THAT(text, HasSubstr("# - WSGIProcessGroup = shop: "));
}

TEST(ConvertVirtualHost, TakesALimitOfDataForWhatItIs) {
  const std::string text = from_virtual_host("WSGIDaemonProcess x memory-limit=300000000\n");
  EXPECT_THAT(text, HasSubstr("\ndata-size-limit = "));
  EXPECT_THAT(text, Not(HasSubstr("\nmemory-limit")));
}

TEST(ConvertUwsgi, TakesSwitchesThatAreOff) {
  const std::string text =
      from_uwsgi("[uwsgi]\nlazy-apps = false\npy-autoreload = 0\nlazy = perhaps\n");
  EXPECT_THAT(text, HasSubstr("preload = \"on\""));
  EXPECT_THAT(text, HasSubstr("reload-on-changes = false"));
  EXPECT_THAT(text, HasSubstr("# - lazy = perhaps: it is neither on nor off"));
}

TEST(ConvertVirtualHost, TakesOneApplication) {
  const std::string text = from_virtual_host(
      "<VirtualHost *:443>\nWSGIScriptAlias / /a.py\nWSGIScriptAlias /b /b.py\nRewriteRule x y\n");
  EXPECT_THAT(text, HasSubstr("https-port = 443"));
  EXPECT_THAT(text, HasSubstr("# - WSGIScriptAlias = /b /b.py: there is one application"));
  EXPECT_THAT(text, HasSubstr("# - RewriteRule = x y: unknown here"));
}

TEST(ConvertUnit, TakesTheFirstPythonApplication) {
  const auto conversion = convert_unit(
      {"/srv/unit.json",
       R"({"listeners": {"*:8300": {"pass": "applications/shop"}}, "applications": {"shop": {
           "type": "python 3", "path": ["/srv/shop", "lib"], "module": "shop.wsgi",
           "processes": {"max": 5, "spare": 1}, "limits": {"timeout": 20},
           "environment": {"A": "b"}}, "blog": {"type": "php"}}, "routes": []})"});
  ASSERT_TRUE(conversion);
  const std::string text = checked(*conversion);
  EXPECT_THAT(text, HasSubstr("port = 8300"));
  EXPECT_THAT(text, HasSubstr(R"(python-path = ["/srv/shop", "/srv/lib"])"));
  EXPECT_THAT(text, HasSubstr("entry-point = \"shop.wsgi\""));
  EXPECT_THAT(text, HasSubstr("processes = 5"));
  EXPECT_THAT(text, HasSubstr("request-timeout = 20"));
  EXPECT_THAT(text, HasSubstr(R"(setenv = { "A" = "b" })"));
  EXPECT_THAT(text, HasSubstr("# - application = blog: "));
  EXPECT_THAT(text, HasSubstr("# - processes.spare = 1: "));
  EXPECT_THAT(text, HasSubstr("# - routes = []: "));
}

TEST(ConvertUnit, LeavesOutNothingWithoutALine) {
  const auto conversion =
      convert_unit({"/srv/unit.json",
                    R"({"listeners": {"*:8300": {"pass": "routes", "backlog": 99,
           "forwarded": {"source": ["10.0.0.0/8"]}, "novel": 1}}, "access_log": "/var/log/a"})"});
  ASSERT_TRUE(conversion);
  const std::string text = checked(*conversion);
  EXPECT_THAT(text, HasSubstr("access-log = true"));
  EXPECT_THAT(text, HasSubstr("# - access_log = /var/log/a: logs go below log-directory"));
  EXPECT_THAT(text, HasSubstr("server-backlog = 99"));
  EXPECT_THAT(text, HasSubstr("# - forwarded = {\"source\":[\"10.0.0.0/8\"]}: see trust-proxy"));
  EXPECT_THAT(text, HasSubstr("# - novel = 1: unknown here"));
  EXPECT_THAT(text, Not(HasSubstr("pass")));
}

TEST(ConvertUnit, RefusesWhatIsNoJson) {
  EXPECT_EQ(convert_unit({"/x", "{"}).error().code, Errc::kInvalidSetting);
}

TEST(ConvertedFile, IsKnownByWhatIsInIt) {
  const TemporaryDirectory folder;
  FakeHost host;
  const auto text = convert_file(folder.write("any", "[uwsgi]\nprocesses = 3\n"), host);
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, HasSubstr("processes = 3  # any:2"));
  EXPECT_EQ(convert_file(folder.write("other", "hello\n"), host).error().code,
            Errc::kInvalidSetting);
  EXPECT_EQ(convert_file(folder / "none", host).error().code, Errc::kNotFound);
}

TEST(ConvertedFile, CannotForgeALine) {
  const std::string text = from_uwsgi("[uwsgi]\ncallable = a\x01\"\\b\nmaster = 1\x1b[2J\n");
  EXPECT_THAT(text, HasSubstr("callable-object = \"a\\u0001\\\"\\\\b\""));
  EXPECT_THAT(text, HasSubstr("master = 1\\x1b[2J"));
}

}  // namespace
}  // namespace warp
