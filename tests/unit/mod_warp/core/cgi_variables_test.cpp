#include "mod_warp/core/cgi_variables.hpp"

#include <gmock/gmock.h>

#include <map>

namespace warp::core {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Key;
using testing::Not;
using testing::Pair;
using Variables = std::map<std::string, std::string>;

// What the worker sees of what `write` has put into a head.
template <typename Write>
Variables variables_of(Write&& write) {
  std::string payload;
  wire::RequestHeadEncoder encoder(payload, wire::RequestHead{});
  write(encoder);
  EXPECT_TRUE(encoder.finish());
  Variables variables;
  const auto head = wire::decode_request_head(payload);
  for (const wire::EnvironPair& pair : head->environ)
    variables[std::string(pair.name)] = std::string(pair.value);
  return variables;
}

Variables header(std::string_view name, std::string_view value,
                 Credentials credentials = Credentials::kWithheld) {
  return variables_of([&](wire::RequestHeadEncoder& encoder) {
    std::string scratch;
    add_header(encoder, name, value, credentials, scratch);
  });
}

TEST(AddHeader, MakesACgiName) {
  EXPECT_THAT(header("X-Forwarded-For", "1.2.3.4"),
              Contains(Pair("HTTP_X_FORWARDED_FOR", "1.2.3.4")));
  EXPECT_THAT(header("x-odd-9", "v"), Contains(Pair("HTTP_X_ODD_9", "v")));
}

TEST(AddHeader, GivesContentFieldsTheirOwnNames) {
  EXPECT_THAT(header("content-type", "a/b"), Contains(Pair("CONTENT_TYPE", "a/b")));
  EXPECT_THAT(header("Content-Length", "3"), Contains(Pair("CONTENT_LENGTH", "3")));
}

TEST(AddHeader, DropsNamesThatCouldPoseAsOthers) {
  EXPECT_THAT(header("X_Forwarded_For", "1.2.3.4"), IsEmpty());
  EXPECT_THAT(header("X.A", "1"), IsEmpty());
}

TEST(AddHeader, DropsProxy) { EXPECT_THAT(header("proxy", "evil:1"), IsEmpty()); }

TEST(AddHeader, PassesCredentialsOnlyWhenTold) {
  EXPECT_THAT(header("Authorization", "Basic x"), IsEmpty());
  EXPECT_THAT(header("Proxy-Authorization", "Basic x"), IsEmpty());
  EXPECT_THAT(header("Authorization", "Basic x", Credentials::kPassed),
              Contains(Pair("HTTP_AUTHORIZATION", "Basic x")));
}

TEST(AddEnvironment, PassesAllButHttpsAndWhatOnlyWeSet) {
  const Variables variables = variables_of([](wire::RequestHeadEncoder& encoder) {
    add_environment(encoder, "SSL_PROTOCOL", "TLSv1.3");
    add_environment(encoder, "HTTPS", "on");
    add_environment(encoder, "", "x");
    add_environment(encoder, "wsgi.input", "x");
    add_environment(encoder, "warp.process_group", "x");
  });
  EXPECT_EQ(variables, (Variables{{"SSL_PROTOCOL", "TLSv1.3"}}));
}

TEST(MeansHttps, KnowsTheUsualValues) {
  EXPECT_TRUE(means_https("on") && means_https("On") && means_https("1"));
  EXPECT_FALSE(means_https("off") || means_https(""));
}

TEST(AddRequestVariables, KeepsEmptyTextsThatWsgiRequires) {
  RequestFacts facts;
  facts.method = "GET";
  facts.unparsed_uri = "/a?b";
  const Variables variables = variables_of(
      [&](wire::RequestHeadEncoder& encoder) { add_request_variables(encoder, facts); });
  EXPECT_THAT(variables, Contains(Pair("SCRIPT_NAME", "")));
  EXPECT_THAT(variables, Contains(Pair("QUERY_STRING", "")));
  EXPECT_THAT(variables, Contains(Pair("REQUEST_URI", "/a?b")));
}

TEST(AddRequestVariables, LeavesOutWhatNobodyKnows) {
  const Variables variables =
      variables_of([](wire::RequestHeadEncoder& encoder) { add_request_variables(encoder, {}); });
  EXPECT_THAT(variables, Not(Contains(Key("REMOTE_USER"))));
  EXPECT_THAT(variables, Not(Contains(Key("AUTH_TYPE"))));
}

TEST(AddRequestVariables, LeavesOutAPortThatNobodyKnows) {
  RequestFacts facts;
  facts.remote_address = "192.0.2.1";
  const auto variables = variables_of(
      [&](wire::RequestHeadEncoder& encoder) { add_request_variables(encoder, facts); });
  EXPECT_THAT(variables, Contains(Pair("REMOTE_ADDR", "192.0.2.1")));
  EXPECT_THAT(variables, Not(Contains(Key("REMOTE_PORT"))));
}

TEST(AddRequestVariables, KeepsTheScriptNameThatAProxyHasReplaced) {
  RequestFacts facts;
  facts.script_name = "/outer";
  facts.mounted_script_name = "/inner";
  facts.mount_point = "/outer";
  const auto variables = variables_of(
      [&](wire::RequestHeadEncoder& encoder) { add_request_variables(encoder, facts); });
  EXPECT_THAT(variables, Contains(Pair("SCRIPT_NAME", "/outer")));
  EXPECT_THAT(variables, Contains(Pair("warp.script_name", "/inner")));
  EXPECT_THAT(variables, Contains(Pair("warp.mount_point", "/outer")));
}

TEST(OriginForm, IsThePathOfAnAbsoluteForm) {
  EXPECT_EQ(origin_form("http://host:80/a//b?c"), "/a//b?c");
  EXPECT_EQ(origin_form("http://host"), "/");
  EXPECT_EQ(origin_form("http://host?q"), "?q");
}

TEST(OriginForm, LeavesPathsAlone) {
  EXPECT_EQ(origin_form("//a?u=http://x/"), "//a?u=http://x/");
  EXPECT_EQ(origin_form("*"), "*");
}

}  // namespace
}  // namespace warp::core
