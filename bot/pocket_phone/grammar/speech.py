"""The voices and languages of <Say> and <Gather>, and what SSML may ask of them.

Source: Twilio, "Text-to-Speech" (voices, languages) and "TwiML Voice: <Gather>" (languages); Amazon Polly, "Available
voices" and "Supported SSML tags". Voices are added now and then: a new one is a word here.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BASIC_VOICES = frozenset({"man", "woman", "alice"})

# Amazon Polly: language, then the voices of that language, each with the engines it has (s, n, g).
_POLLY = {
    "arb": "Zeina s",
    "ar-AE": "Hala n,Zayd n",
    "ca-ES": "Arlet n",
    "cmn-CN": "Zhiyu sn",
    "cs-CZ": "Jitka n",
    "cy-GB": "Gwyneth s",
    "da-DK": "Naja s,Mads s,Sofie n",
    "de-AT": "Hannah n",
    "de-CH": "Sabrina n",
    "de-DE": "Marlene s,Vicki sng,Hans s,Daniel ng",
    "en-AU": "Nicole s,Russell s,Olivia ng",
    "en-GB": "Amy sng,Emma sn,Brian sn,Arthur n",
    "en-GB-WLS": "Geraint s",
    "en-IE": "Niamh n",
    "en-IN": "Aditi s,Raveena s,Kajal ng",
    "en-NZ": "Aria n",
    "en-SG": "Jasmine n",
    "en-US": "Ivy sn,Joanna sng,Kendra sn,Kimberly sn,Salli sng,Joey sn,Justin sn,Matthew sng,Kevin n,Danielle ng,"
    "Gregory n,Ruth ng,Stephen ng,Patrick n",
    "en-ZA": "Ayanda ng",
    "es-ES": "Conchita s,Lucia sng,Enrique s,Sergio ng,Alba n,Raul n",
    "es-MX": "Mia sng,Andres ng",
    "es-US": "Lupe sng,Penelope s,Miguel s,Pedro ng",
    "fi-FI": "Suvi n",
    "fr-BE": "Isabelle n",
    "fr-CA": "Chantal s,Gabrielle ng,Liam ng",
    "fr-FR": "Celine s,Lea sng,Mathieu s,Remi ng",
    "hi-IN": "Aditi s,Kajal n",
    "is-IS": "Dora s,Karl s",
    "it-IT": "Carla s,Bianca sng,Giorgio s,Adriano n,Beatrice g",
    "ja-JP": "Mizuki s,Takumi sn,Kazuha n,Tomoko n",
    "ko-KR": "Seoyeon sng,Jihye n",
    "nb-NO": "Liv s,Ida n",
    "nl-BE": "Lisa n",
    "nl-NL": "Lotte s,Ruben s,Laura ng",
    "pl-PL": "Ewa s,Maja s,Jacek s,Jan s,Ola ng",
    "pt-BR": "Camila sng,Vitoria sn,Ricardo s,Thiago n",
    "pt-PT": "Ines sn,Cristiano s",
    "ro-RO": "Carmen s",
    "ru-RU": "Tatyana s,Maxim s",
    "sv-SE": "Astrid s,Elin n",
    "tr-TR": "Filiz s,Burcu n",
    "yue-CN": "Hiujin n",
}
_ENGINES = {"s": "", "n": "-Neural", "g": "-Generative"}
_GOOGLE = re.compile(
    r"Google\.(?P<language>[a-z]{2,3}-[A-Z]{2})-(Standard|Wavenet|Neural2|News|Polyglot|Chirp3-HD)-[A-Z][A-Za-z]*"
)

SAY_LANGUAGES = frozenset(_POLLY) | _words(
    "af-ZA ar-XA bg-BG bn-IN el-GR et-EE eu-ES fil-PH gl-ES gu-IN he-IL hr-HR hu-HU id-ID kn-IN lt-LT lv-LV ml-IN mr-IN"
    " ms-MY pa-IN sk-SK sl-SI sr-RS sw-KE ta-IN te-IN th-TH uk-UA ur-IN vi-VN yue-HK zh-CN zh-HK zh-TW en-CA"
)
GATHER_LANGUAGES = _words(
    "af-ZA am-ET hy-AM az-AZ id-ID ms-MY bn-BD bn-IN ca-ES cs-CZ da-DK de-DE de-AT de-CH en-AU en-CA en-GH en-GB en-IN"
    " en-IE en-KE en-NZ en-NG en-PH en-SG en-ZA en-TZ en-US es-AR es-BO es-CL es-CO es-CR es-EC es-SV es-ES es-US es-GT"
    " es-HN es-MX es-NI es-PA es-PY es-PE es-PR es-DO es-UY es-VE et-EE eu-ES fil-PH fr-BE fr-CA fr-FR fr-CH gl-ES"
    " ka-GE gu-IN hr-HR zu-ZA is-IS it-IT it-CH jv-ID kn-IN km-KH lo-LA lv-LV lt-LT hu-HU ml-IN mr-IN nl-BE nl-NL"
    " ne-NP nb-NO pl-PL pt-BR pt-PT ro-RO si-LK sk-SK sl-SI su-ID sw-TZ sw-KE fi-FI sv-SE ta-IN ta-SG ta-LK ta-MY te-IN"
    " vi-VN tr-TR ur-PK ur-IN el-GR bg-BG ru-RU sr-RS uk-UA he-IL ar-IL ar-JO ar-AE ar-BH ar-DZ ar-SA ar-IQ ar-KW ar-MA"
    " ar-TN ar-OM ar-PS ar-QA ar-LB ar-EG fa-IR hi-IN th-TH ko-KR zh-TW cmn-Hant-TW yue-Hant-HK ja-JP zh cmn-Hans-CN"
    " cmn-Hans-HK mk-MK mn-MN my-MM nar-IQ pa-guru-IN sq-AL uz-UZ multi"
)


def _polly_voices() -> dict[str, set[str]]:
    voices: dict[str, set[str]] = {}
    for language, listed in _POLLY.items():
        for entry in listed.split(","):
            name, engines = entry.split(" ")
            for engine in engines:
                voices.setdefault(f"Polly.{name}{_ENGINES[engine]}", set()).add(language)
    return voices


_POLLY_VOICES = _polly_voices()


def is_voice(name: str) -> bool:
    return name in BASIC_VOICES or name in _POLLY_VOICES or _GOOGLE.fullmatch(name) is not None


def languages_of(voice: str) -> frozenset[str]:
    """The languages a voice speaks; nothing for the basic voices, which speak whatever the attribute says."""
    google = _GOOGLE.fullmatch(voice)
    return frozenset({google["language"]}) if google else frozenset(_POLLY_VOICES.get(voice, ()))


# --- SSML

# What only Google's voices read so.
GOOGLE_ONLY = _words("currency verbatim bleep")
INTERPRET_AS = GOOGLE_ONLY | _words(
    "characters spell-out cardinal number ordinal digits fraction unit date time address expletive telephone"
)
FORMATS = {"date": _words("mdy dmy ymd md dm ym my d m y yyyymmdd"), "time": _words("hms12 hms24")}
# Tags that the newer engines of Amazon Polly do not have.
NOT_NEURAL = frozenset({"emphasis"})
