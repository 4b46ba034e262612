"""How a Chinese name is read: by the dictionary of phrases, else by the usual readings of each character."""

from collections.abc import Iterator
from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.seg import mmseg

from temp_portal.core.search import palladius

Reading = tuple[str, ...]

MAX_READINGS = 6
"""How many readings of one name are kept; a name with more doubtful characters is found by its other parts."""

# Characters with several readings that occur in names of firms and places. Rare and literary readings are left out.
_USUAL_READINGS = """
阿a,e 堡bao,pu 蚌bang,beng 薄bo,bao 柏bai,bo 便bian,pian 泊bo,po 埔pu,bu 藏zang,cang 曾zeng,ceng 查cha,zha 禅chan,shan
长chang,zhang 朝chao,zhao 车che,ju 乘cheng,sheng 重zhong,chong 畜chu,xu 传chuan,zhuan 大da,dai 单dan,shan,chan 弹dan,tan
调diao,tiao 都du,dou 囤tun,dun 度du,duo 恶e,wu 番fan,pan 佛fo,fu 盖gai,ge 龟gui,qiu
行hang,xing 核he,hu 会hui,kuai 茄qie,jia 贾jia,gu 降jiang,xiang 角jiao,jue 觉jue,jiao 校xiao,jiao 解jie,xie
卡ka,qia 壳ke,qiao 乐le,yue 勒le,lei 六liu,lu 露lu,lou 落luo,la 绿lv,lu 率lv,shuai 脉mai,mo 模mo,mu
缪miao,mou 牟mou,mu 粘nian,zhan 迫po,pai 朴pu,piao 奇qi,ji 铅qian,yan 强qiang,jiang 亲qin,qing 仇qiu,chou 区qu,ou
色se,shai 塞sai,se 厦xia,sha 莘xin,shen 盛sheng,cheng 省sheng,xing 石shi,dan 似si,shi 宿su,xiu 提ti,di
圩xu,wei 尉wei,yu 蔚wei,yu 洗xi,xian 系xi,ji 吓xia,he 巷xiang,hang 削xue,xiao 血xue,xie 员yuan,yun 钥yao,yue 择ze,zhai
扎zha,za 轧zha,ya 翟zhai,di 折zhe,she 种zhong,chong 涡wo,guo 歙she,xi 枞zong,cong 浚jun,xun 渑mian,sheng
隗wei,kui 祭ji,zhai 浍hui,kuai 峙zhi,shi 颉jie,xie 椎zhui,chui 伽jia,qie,ga 咖ka,ga 栅zha,shan 杉shan,sha
"""

_ALTERNATIVES = {entry[0]: tuple(entry[1:].split(",")) for entry in _USUAL_READINGS.split()}


@lru_cache(maxsize=65536)
def _piece_readings(piece: str) -> tuple[Reading, ...]:
    """Readings of one dictionary phrase or one character, the likeliest first; empty for a character unknown to it."""
    base = tuple(lazy_pinyin(piece, errors="ignore"))
    if not base:
        return ()
    others = _phrase_alternatives(piece, base) if len(piece) > 1 else ((one,) for one in _ALTERNATIVES.get(piece, ()))
    return tuple(dict.fromkeys((base, *others)))


def _phrase_alternatives(phrase: str, base: Reading) -> Iterator[Reading]:
    """The dictionary gives two readings to a few phrases (朝阳 is a district and the rising sun)."""
    for position, readings in enumerate(pinyin(phrase, style=Style.NORMAL, heteronym=True)):
        for reading in readings:
            yield (*base[:position], reading, *base[position + 1 :])


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[Reading, ...]:
    """Readings of a run of Chinese characters as toneless syllables, the likeliest first, `MAX_READINGS` at most.

    One doubtful piece is varied at a time, since a query rarely spans two of them.
    """
    pieces = [found for piece in mmseg.seg.cut(text) if (found := _piece_readings(piece))]
    if not pieces:
        return ()
    base = [piece[0] for piece in pieces]
    variants = [_flat(base)]
    for position, piece in enumerate(pieces):
        variants += [_flat([*base[:position], other, *base[position + 1 :]]) for other in piece[1:]]
    return tuple(variants[:MAX_READINGS])


def _flat(pieces: list[Reading]) -> Reading:
    return tuple(syllable for piece in pieces for syllable in piece)


def latin_words(reading: Reading) -> list[str]:
    """A reading as one Latin word; ü, which keyboards lack, both as v and as u."""
    word = "".join(reading)
    return [word, word.replace("v", "u")] if "v" in word else [word]


def cyrillic_word(reading: Reading) -> str:
    """A reading as one Cyrillic word by the Palladius system."""
    return palladius.joined([palladius.syllable(part) for part in reading])
