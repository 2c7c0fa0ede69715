#include "launcher/settings/check_httpd.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

constexpr auto kCertificate = "-----BEGIN CERTIFICATE-----\n";
constexpr auto kKey = "-----BEGIN PRIVATE KEY-----\n";

class Checks : public testing::Test {
 protected:
  Checks() {
    settings_.port = 8000;
    settings_.project_directory = folder_.make_folder("project");
  }

  // All that is said against the settings, a line each.
  std::string problems() {
    Problems problems;
    check_httpd_settings(settings_, problems);
    return problems.empty() ? std::string() : as_one(problems).detail;
  }

  void have_https() {
    settings_.https_port = 8443;
    settings_.ssl_certificate_file = folder_.write("a.crt", kCertificate);
    settings_.ssl_certificate_key_file = folder_.write("a.key", kKey);
  }

  TemporaryDirectory folder_;
  Settings settings_;
};

TEST_F(Checks, FindNothingInPlainSettings) { EXPECT_EQ(problems(), ""); }

TEST_F(Checks, RefuseNamesThatAreNone) {
  settings_.server_name = "http://example.org";
  EXPECT_THAT(problems(), HasSubstr("server-name: 'http://example.org' is not a host name"));
}

TEST_F(Checks, WantAMainNameForOthers) {
  settings_.server_aliases = {"example.org"};
  settings_.allow_localhost = true;
  EXPECT_THAT(problems(), HasSubstr("server-alias needs server-name"));
  EXPECT_THAT(problems(), HasSubstr("allow-localhost needs server-name"));
}

TEST_F(Checks, TakeACertificateAndItsKey) {
  have_https();
  EXPECT_EQ(problems(), "");
}

TEST_F(Checks, TakeACertificateThatHoldsItsKey) {
  have_https();
  settings_.ssl_certificate_key_file.clear();
  EXPECT_THAT(problems(), HasSubstr("holds no private key"));
  folder_.write("a.crt", std::string(kCertificate) + kKey);
  EXPECT_EQ(problems(), "");
}

TEST_F(Checks, FillInBothFilesOfACertificate) {
  have_https();
  settings_.ssl_certificate_file.clear();
  settings_.ssl_certificate_key_file.clear();
  settings_.ssl_certificate = folder_ / "a";
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(settings_.ssl_certificate_file, folder_ / "a.crt");
  EXPECT_EQ(settings_.ssl_certificate_key_file, folder_ / "a.key");
}

TEST_F(Checks, NeedACertificateForHttps) {
  settings_.https_port = 8443;
  EXPECT_THAT(problems(), HasSubstr("https-port needs ssl-certificate-file"));
}

TEST_F(Checks, SayWhichFileIsNoCertificateAndWhichNoKey) {
  have_https();
  folder_.write("a.crt", "nothing");
  folder_.write("a.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----");
  EXPECT_THAT(problems(), HasSubstr("a.crt holds no certificate"));
  EXPECT_THAT(problems(), HasSubstr("a.key is encrypted"));
  settings_.ssl_certificate_key_file = folder_ / "missing";
  EXPECT_THAT(problems(), HasSubstr("missing: no such file"));
}

TEST_F(Checks, NeedAPortForWhatIsAboutHttps) {
  settings_.https_only = true;
  settings_.hsts_policy = "max-age=1";
  EXPECT_THAT(problems(), HasSubstr("https-only needs https-port"));
  EXPECT_THAT(problems(), HasSubstr("hsts-policy needs https-port"));
}

TEST_F(Checks, NeedAPortForEachScheme) {
  have_https();
  settings_.https_port = settings_.port;
  EXPECT_THAT(problems(), HasSubstr("https-port and port are both 8000"));
}

TEST_F(Checks, LetNobodyInWithoutACertificateOverHttp) {
  have_https();
  settings_.ssl_ca_certificate_file = folder_.write("ca.crt", kCertificate);
  EXPECT_THAT(problems(), HasSubstr("add https-only"));
  settings_.https_only = true;
  EXPECT_EQ(problems(), "");
}

TEST_F(Checks, WantAPolicyWithAnAge) {
  have_https();
  settings_.hsts_policy = "31536000";
  EXPECT_THAT(problems(), HasSubstr("does not start with max-age="));
}

TEST_F(Checks, RefuseHttp2WithPrefork) {
  settings_.http2 = true;
  settings_.server_mpm = Mpm::kPrefork;
  EXPECT_THAT(problems(), HasSubstr("http2 does not work with server-mpm prefork"));
}

TEST_F(Checks, RefuseToServeTheProjectItself) {
  settings_.document_root = settings_.project_directory;
  settings_.url_aliases = {{"/up", folder_.path()}};
  EXPECT_THAT(problems(), HasSubstr("document-root: " + settings_.project_directory +
                                    " holds the project itself"));
  EXPECT_THAT(problems(), HasSubstr("url-alias: " + folder_.path() + " holds the project itself"));
  settings_.document_root = folder_.make_folder("project/static");
  settings_.url_aliases.clear();
  EXPECT_EQ(problems(), "");
}

TEST_F(Checks, WantAFileNameForAnIndex) {
  settings_.directory_index = {"a/b.html"};
  EXPECT_THAT(problems(), HasSubstr("directory-index: 'a/b.html'"));
}

TEST_F(Checks, WantStatusAndUrlForAnErrorDocument) {
  settings_.error_documents = {{"200", "/a"}, {"404", "sorry"}, {"401", "https://example.org/"}};
  EXPECT_THAT(problems(), HasSubstr("'200' is not a status from 400 to 599"));
  EXPECT_THAT(problems(), HasSubstr("'sorry' for 404"));
  EXPECT_THAT(problems(), HasSubstr("a redirect for 401"));
}

TEST_F(Checks, RefuseAMaximumThatCantBeReached) {
  settings_.header_timeout = std::chrono::seconds(15);
  settings_.header_max_timeout = std::chrono::seconds(10);
  settings_.body_max_timeout = std::chrono::seconds(10);
  EXPECT_THAT(problems(), HasSubstr("header-max-timeout (10) is less than header-timeout (15)"));
  EXPECT_THAT(problems(), HasSubstr("body-max-timeout has no effect"));
}

TEST_F(Checks, RefuseLogsThatContradict) {
  settings_.error_log_name = "log";
  settings_.access_log_name = "log";
  settings_.rotate_logs = true;
  settings_.log_to_terminal = true;
  settings_.log_format = "json";
  settings_.error_log_format = "%M";
  EXPECT_THAT(problems(), HasSubstr("both log"));
  EXPECT_THAT(problems(), HasSubstr("rotate-logs and log-to-terminal"));
  EXPECT_THAT(problems(), HasSubstr("log-format json contradicts"));
}

TEST_F(Checks, WantServersForProxies) {
  settings_.proxy_mount_points = {{"chat", "http://a/"}, {"/x", "https://a/"}, {"/y", "http://"}};
  settings_.proxy_virtual_hosts = {{"a b", "http://a/"}};
  EXPECT_THAT(problems(), HasSubstr("URL 'chat' does not start with /"));
  EXPECT_THAT(problems(), HasSubstr("'https://a/' for /x is not the URL of a server for HTTP"));
  EXPECT_THAT(problems(), HasSubstr("'http://' for /y is not the URL of a server for HTTP"));
  EXPECT_THAT(problems(), HasSubstr("'a b' is not a host name"));
}

TEST_F(Checks, WantAFileOfUsers) {
  settings_.auth_user_file = folder_ / "missing";
  EXPECT_THAT(problems(), HasSubstr("make it with htpasswd"));
}

}  // namespace
}  // namespace warp
