#include "mod_warp/core/trusted_proxies.hpp"

#include <gmock/gmock.h>

#include <chrono>

#include "mod_warp/core/proxy_hops.hpp"

namespace warp::core {
namespace {

using testing::IsEmpty;
using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

constexpr std::string_view kPeer = "10.0.0.1";

std::size_t index_of(std::string_view name) { return *proxy_header_index(name); }

// A server, and what it makes of requests.
struct Server {
  std::vector<std::string_view> trusted;
  std::vector<std::string_view> proxies = {"10.0.0.0/8"};

  [[nodiscard]] Forwarding see(const Fields& fields, std::string_view peer = kPeer) const {
    TrustedHeaders headers;
    for (const std::string_view name : trusted) headers.push_back(index_of(name));
    std::vector<Network> networks;
    for (const std::string_view text : proxies) networks.push_back(*parse_network(text));
    ProxyClaims claims;
    for (const auto& [name, value] : fields) claims[index_of(name)] = value;
    return resolve_forwarding({.headers = headers, .proxies = networks},
                              parse_internet_address(peer), claims);
  }
  [[nodiscard]] std::string client(std::string_view hops, std::string_view peer = kPeer) const {
    return see({{trusted.front(), hops}}, peer).remote_address;
  }
};

const Server kHopsServer{.trusted = {"X-Forwarded-For"}};
const Server kForwardedServer{.trusted = {"Forwarded"}};

// --- X-Forwarded-For ---

TEST(ForwardedFor, NamesTheClient) { EXPECT_EQ(kHopsServer.client("192.0.2.1"), "192.0.2.1"); }

TEST(ForwardedFor, IsFollowedOverTrustedProxies) {
  EXPECT_EQ(kHopsServer.client("192.0.2.1, 10.0.0.3, 10.0.0.2"), "192.0.2.1");
}

TEST(ForwardedFor, IsNotFollowedPastTheFirstThatIsNotTrusted) {
  EXPECT_EQ(kHopsServer.client("6.6.6.6, 10.0.0.9, 192.0.2.1, 10.0.0.2"), "192.0.2.1");
}

TEST(ForwardedFor, OfTrustedProxiesOnlyNamesTheOutermost) {
  EXPECT_EQ(kHopsServer.client("10.0.0.4, 10.0.0.3"), "10.0.0.4");
}

TEST(ForwardedFor, WithoutAListOfProxiesIsWhatThePeerHasWritten) {
  const Server server{.trusted = {"X-Forwarded-For"}, .proxies = {}};
  EXPECT_EQ(server.client("6.6.6.6, 192.0.2.1", "203.0.113.9"), "192.0.2.1");
}

TEST(ForwardedFor, SkipsEmptyElements) {
  EXPECT_EQ(kHopsServer.client(" ,192.0.2.1 ,, 10.0.0.2 , ,"), "192.0.2.1");
  EXPECT_THAT(kHopsServer.client(" , ,,"), IsEmpty());
}

TEST(ForwardedFor, TakesPorts) {
  const Forwarding seen = kHopsServer.see({{"X-Forwarded-For", "192.0.2.1:4711, 10.0.0.2:80"}});
  EXPECT_EQ(seen.remote_address, "192.0.2.1");
  EXPECT_EQ(seen.remote_port, "4711");
  EXPECT_EQ(kHopsServer.see({{"X-Forwarded-For", "192.0.2.1"}}).remote_port, "");
}

TEST(ForwardedFor, TakesIpv6) {
  const Server server{.trusted = {"X-Forwarded-For"}, .proxies = {"fd00::/8"}};
  EXPECT_EQ(server.client("2001:DB8::1, fd00::2", "fd00::1"), "2001:db8::1");
  EXPECT_EQ(server.client("[2001:db8::1]:80, [fd00::2]:443", "fd00::1"), "2001:db8::1");
}

TEST(ForwardedFor, TakesIpv4MappedToIpv6) {
  EXPECT_EQ(kHopsServer.client("192.0.2.1, ::ffff:10.0.0.2", "::ffff:10.0.0.1"), "192.0.2.1");
  EXPECT_EQ(kHopsServer.client("::ffff:192.0.2.1"), "192.0.2.1");
}

TEST(ForwardedFor, EndsAtWhatIsNoAddress) {
  EXPECT_EQ(kHopsServer.client("192.0.2.1, garbage, 10.0.0.2"), "10.0.0.2");
  EXPECT_EQ(kHopsServer.client("192.0.2.1, unknown, 10.0.0.2"), "10.0.0.2");
  EXPECT_THAT(kHopsServer.client("192.0.2.1, _hidden"), IsEmpty());
  EXPECT_THAT(kHopsServer.client("<script>"), IsEmpty());
}

TEST(ForwardedFor, IsShownFromTheClientOn) {
  const Forwarding seen = kHopsServer.see({{"X-Forwarded-For", "6.6.6.6 , 192.0.2.1,10.0.0.2"}});
  EXPECT_EQ(seen.shown[index_of("X-Forwarded-For")], "192.0.2.1,10.0.0.2");
  EXPECT_FALSE(seen.is_hidden[index_of("X-Forwarded-For")]);
}

TEST(ForwardedFor, IsHiddenWhenItNamesNobody) {
  EXPECT_TRUE(
      kHopsServer.see({{"X-Forwarded-For", "unknown"}}).is_hidden[index_of("X-Forwarded-For")]);
}

TEST(ForwardedFor, IsFollowedForABoundedNumberOfHops) {
  std::string hops = "192.0.2.1";
  for (std::size_t i = 0; i + 1 < kMostHops; ++i) hops += ", 10.0.0.2";
  EXPECT_EQ(kHopsServer.client(hops), "192.0.2.1");
  EXPECT_EQ(kHopsServer.client(hops + ", 10.0.0.2"), "10.0.0.2");
}

TEST(ForwardedFor, CostsLittleHoweverLongItIs) {
  std::string hops = "192.0.2.1";
  for (int i = 0; i < 100'000; ++i) hops += ",10.0.0.2";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(kHopsServer.client(hops), "10.0.0.2");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(200));
}

// --- other fields about the client ---

TEST(RealIp, NamesTheClient) {
  const Server server{.trusted = {"X-Real-IP", "X-Client-IP"}};
  EXPECT_EQ(server.client(" 192.0.2.1 "), "192.0.2.1");
  EXPECT_EQ(server.see({{"X-Client-IP", "2001:db8::1"}}).remote_address, "2001:db8::1");
  EXPECT_THAT(server.client("not an address"), IsEmpty());
}

TEST(Forwarded, NamesClientHostAndScheme) {
  const Forwarding seen = kForwardedServer.see(
      {{"Forwarded",
        "for=6.6.6.6;host=evil, for=\"[2001:db8::1]:4711\";host=a.example;proto=HTTPS, "
        "for=10.0.0.2;proto=http"}});
  EXPECT_EQ(seen.remote_address, "2001:db8::1");
  EXPECT_EQ(seen.remote_port, "4711");
  EXPECT_EQ(seen.host, "a.example");
  EXPECT_EQ(seen.scheme, "https");
  EXPECT_EQ(seen.shown[index_of("Forwarded")],
            "for=\"[2001:db8::1]:4711\";host=a.example;proto=HTTPS, for=10.0.0.2;proto=http");
}

TEST(Forwarded, OfAHiddenClientTellsHostAndScheme) {
  const Forwarding seen =
      kForwardedServer.see({{"Forwarded", "for=_hidden;host=a.example;proto=https"}});
  EXPECT_THAT(seen.remote_address, IsEmpty());
  EXPECT_EQ(seen.host, "a.example");
  EXPECT_EQ(seen.scheme, "https");
}

TEST(Forwarded, OfAHiddenClientBehindAProxyTellsWhatThatProxySays) {
  const Forwarding seen = kForwardedServer.see(
      {{"Forwarded", "for=6.6.6.6;proto=http, for=unknown;proto=https, for=10.0.0.2;proto=http"}});
  EXPECT_EQ(seen.remote_address, "10.0.0.2");
  EXPECT_EQ(seen.scheme, "https");
}

TEST(Forwarded, ThatIsMalformedIsNotBelieved) {
  const Forwarding seen = kForwardedServer.see({{"Forwarded", "for=\", for=192.0.2.1"}});
  EXPECT_THAT(seen.remote_address, IsEmpty());
  EXPECT_TRUE(seen.is_hidden[index_of("Forwarded")]);
}

// --- what else proxies tell ---

TEST(ForwardedHost, IsAHostWithOrWithoutPort) {
  const Server server{.trusted = {"X-Forwarded-Host"}};
  for (const std::string_view good :
       {"a.example", "a.example:8443", "192.0.2.1", "[2001:db8::1]", "[2001:db8::1]:80"})
    EXPECT_EQ(server.see({{"X-Forwarded-Host", good}}).host, good);
  for (const std::string_view bad : {"a b", "a/b", "user@a", "a:b", "a:0", "a:", ":80", "[::1",
                                     "[nothing]", "a\"b", "a\nb", "http://a"})
    EXPECT_THAT(server.see({{"X-Forwarded-Host", bad}}).host, IsEmpty()) << bad;
}

TEST(ForwardedHost, OfAListIsWhatThePeerHasWritten) {
  const Server server{.trusted = {"X-Forwarded-Host"}};
  const Forwarding seen = server.see({{"X-Forwarded-Host", "evil.example, a.example"}});
  EXPECT_EQ(seen.host, "a.example");
  EXPECT_EQ(seen.shown[index_of("X-Forwarded-Host")], "a.example");
}

TEST(ForwardedHost, OfAListIsWhatTheProxyNextToTheClientHasWritten) {
  const Server server{.trusted = {"X-Forwarded-For", "X-Forwarded-Host"}};
  const std::string_view two_hops = "192.0.2.1, 10.0.0.2";
  EXPECT_EQ(server
                .see({{"X-Forwarded-For", two_hops},
                      {"X-Forwarded-Host", "evil.example, a.example, inner.example"}})
                .host,
            "a.example");
  EXPECT_EQ(server.see({{"X-Forwarded-For", two_hops}, {"X-Forwarded-Host", "a.example"}}).host,
            "a.example");
}

TEST(ForwardedServer, IsANameWithoutPort) {
  const Server server{.trusted = {"X-Forwarded-Server"}};
  EXPECT_EQ(server.see({{"X-Forwarded-Server", "a.example"}}).server_name, "a.example");
  EXPECT_THAT(server.see({{"X-Forwarded-Server", "a.example:80"}}).server_name, IsEmpty());
}

TEST(ForwardedPort, IsANumber) {
  const Server server{.trusted = {"X-Forwarded-Port"}};
  EXPECT_EQ(server.see({{"X-Forwarded-Port", "8443"}}).server_port, "8443");
  for (const std::string_view bad : {"0", "65536", "-1", "80x", "http"})
    EXPECT_THAT(server.see({{"X-Forwarded-Port", bad}}).server_port, IsEmpty()) << bad;
}

TEST(ForwardedScheme, IsHttpOrHttps) {
  for (const std::string_view name : {"X-Forwarded-Proto", "X-Forwarded-Scheme", "X-Scheme"}) {
    const Server server{.trusted = {name}};
    EXPECT_EQ(server.see({{name, "HTTPS"}}).scheme, "https");
    EXPECT_EQ(server.see({{name, "http"}}).scheme, "http");
    EXPECT_EQ(server.see({{name, "http, https"}}).scheme, "https");
    EXPECT_THAT(server.see({{name, "ftp"}}).scheme, IsEmpty());
  }
}

TEST(ForwardedScheme, MayBeASwitch) {
  for (const std::string_view name : {"X-Forwarded-HTTPS", "X-Forwarded-SSL", "X-HTTPS"}) {
    const Server server{.trusted = {name}};
    for (const std::string_view yes : {"on", "On", "true", "1"})
      EXPECT_EQ(server.see({{name, yes}}).scheme, "https") << yes;
    for (const std::string_view no : {"off", "False", "0"})
      EXPECT_EQ(server.see({{name, no}}).scheme, "http") << no;
    EXPECT_THAT(server.see({{name, "https"}}).scheme, IsEmpty());
  }
}

TEST(ScriptName, TakesThePlaceOfTheMountOrGoesInFrontOfIt) {
  const Server server{.trusted = {"X-Script-Name", "X-Forwarded-Prefix"}};
  const auto replaced = server.see({{"X-Script-Name", "/outer/"}}).mount;
  EXPECT_EQ(replaced->path, "/outer");
  EXPECT_FALSE(replaced->is_prefix);
  EXPECT_EQ(server.see({{"X-Script-Name", "/"}}).mount->path, "");
  const auto prefix = server.see({{"X-Forwarded-Prefix", "/outer"}}).mount;
  EXPECT_EQ(prefix->path, "/outer");
  EXPECT_TRUE(prefix->is_prefix);
}

TEST(ScriptName, RefusesWhatWouldLeadToOtherServers) {
  const Server server{.trusted = {"X-Forwarded-Script-Name"}};
  for (const std::string_view bad :
       {"//evil.example", "/\\evil.example", "outer", "/a b", "/a?b", "/a#b", "/a\tb", "/\"><"})
    EXPECT_FALSE(server.see({{"X-Forwarded-Script-Name", bad}}).mount) << bad;
}

// --- whom to believe ---

TEST(TrustedProxies, OthersAreNotBelievedAndNotShown) {
  const Server server{.trusted = {"X-Forwarded-For"}};
  const Forwarding seen =
      server.see({{"X-Forwarded-For", "6.6.6.6"}, {"X-Forwarded-Host", "evil"}}, "192.0.2.66");
  EXPECT_THAT(seen.remote_address, IsEmpty());
  EXPECT_TRUE(seen.is_hidden.all());
}

TEST(TrustedProxies, APeerWithoutAddressIsNotBelieved) {
  EXPECT_THAT(kHopsServer.client("6.6.6.6", ""), IsEmpty());
}

TEST(TrustedProxies, AreBelievedOnlyWhatIsTrusted) {
  const Forwarding seen = kHopsServer.see({{"X-Forwarded-For", "192.0.2.1"},
                                           {"X-Forwarded-Host", "evil"},
                                           {"X-Forwarded-Proto", "https"}});
  EXPECT_THAT(seen.host, IsEmpty());
  EXPECT_THAT(seen.scheme, IsEmpty());
  EXPECT_FALSE(seen.is_hidden[index_of("X-Forwarded-Host")]);
}

TEST(TrustedProxyHeaders, HideTheOthersOfTheirKind) {
  const Forwarding seen = kHopsServer.see({{"X-Forwarded-For", "192.0.2.1"},
                                           {"X-Real-IP", "6.6.6.6"},
                                           {"X-Client-IP", "6.6.6.6"},
                                           {"Forwarded", "for=6.6.6.6"}});
  EXPECT_EQ(seen.remote_address, "192.0.2.1");
  for (const std::string_view name : {"X-Real-IP", "X-Client-IP", "Forwarded"})
    EXPECT_TRUE(seen.is_hidden[index_of(name)]) << name;
}

TEST(TrustedProxyHeaders, CountInTheOrderInWhichTheyAreWritten) {
  const Fields both = {{"X-Forwarded-Proto", "http"}, {"X-Forwarded-SSL", "on"}};
  const Forwarding first = Server{.trusted = {"X-Forwarded-Proto", "X-Forwarded-SSL"}}.see(both);
  EXPECT_EQ(first.scheme, "http");
  EXPECT_TRUE(first.is_hidden[index_of("X-Forwarded-SSL")]);
  const Forwarding second = Server{.trusted = {"X-Forwarded-SSL", "X-Forwarded-Proto"}}.see(both);
  EXPECT_EQ(second.scheme, "https");
  EXPECT_TRUE(second.is_hidden[index_of("X-Forwarded-Proto")]);
}

TEST(TrustedProxyHeaders, AreReplacedByTheNextWhenUnusable) {
  const Server server{.trusted = {"X-Forwarded-For", "X-Real-IP"}};
  const Forwarding seen = server.see({{"X-Forwarded-For", "unknown"}, {"X-Real-IP", "192.0.2.1"}});
  EXPECT_EQ(seen.remote_address, "192.0.2.1");
  EXPECT_TRUE(seen.is_hidden[index_of("X-Forwarded-For")]);
}

TEST(TrustedProxyHeaders, MayTellDifferentThings) {
  const Server server{.trusted = {"X-Forwarded-Proto", "Forwarded"}};
  const Forwarding seen =
      server.see({{"X-Forwarded-Proto", "https"}, {"Forwarded", "for=192.0.2.1;proto=http"}});
  EXPECT_EQ(seen.scheme, "https");
  EXPECT_EQ(seen.remote_address, "192.0.2.1");
  EXPECT_FALSE(seen.is_hidden[index_of("Forwarded")]);
}

TEST(ProxyHeader, IsFoundInAnyCase) {
  EXPECT_EQ(proxy_header_index("x-forwarded-FOR"), proxy_header_index("X-Forwarded-For"));
  EXPECT_EQ(proxy_header_index("FORWARDED"), proxy_header_index("Forwarded"));
  EXPECT_EQ(proxy_header_index("X-Forwarded"), std::nullopt);
  EXPECT_EQ(proxy_header_index("Host"), std::nullopt);
}

}  // namespace
}  // namespace warp::core
