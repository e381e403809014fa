// SPDX-License-Identifier: GPL-3.0-or-later
// The word lists behind {{name}}, {{url}}, {{ip}} and {{userAgent}}. Hosts and addresses are those that RFC 2606 and
// RFC 5737 set aside for documentation. None of the words needs escaping in JSON.
#pragma once

#include <array>
#include <string_view>

namespace streamwright::producers {

inline constexpr std::array<std::string_view, 32> kFirstNames = {
    "Ada",   "Amir", "Anna",  "Aylin", "Bruno", "Carla", "Chen",  "Dana", "Elias", "Emma", "Farah",
    "Goran", "Hana", "Ines",  "Ivan",  "Jonas", "Kofi",  "Lena",  "Luca", "Maria", "Mei",  "Nadia",
    "Noah",  "Olga", "Priya", "Rosa",  "Samir", "Sofia", "Tariq", "Vera", "Yuki",  "Zoe"};

inline constexpr std::array<std::string_view, 32> kLastNames = {
    "Adler",  "Bauer",  "Becker", "Bianchi",  "Costa",   "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Ito",
    "Jansen", "Keller", "Kim",    "Kowalski", "Larsen",  "Lopez",  "Mensah",  "Meyer",   "Moreau", "Novak",  "Okafor",
    "Patel",  "Petrov", "Rossi",  "Santos",   "Schmidt", "Silva",  "Tanaka",  "Varga",   "Wang",   "Yilmaz"};

inline constexpr std::array<std::string_view, 8> kSections = {"products", "search", "cart",   "account",
                                                              "help",     "blog",   "offers", "brands"};

inline constexpr std::array<std::string_view, 16> kItems = {"lamp",  "chair", "desk",  "kettle", "bicycle", "jacket",
                                                            "boots", "radio", "clock", "tent",   "camera",  "guitar",
                                                            "book",  "mug",   "scarf", "drone"};

inline constexpr std::array<std::string_view, 3> kNetworks = {"192.0.2.", "198.51.100.", "203.0.113."};

inline constexpr std::array<std::string_view, 6> kUserAgents = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 "
    "Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
    "curl/8.4.0"};

} // namespace streamwright::producers
