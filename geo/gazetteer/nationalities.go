package gazetteer

import (
	"slices"
	"strings"
	"sync"
)

// nationalities are those of China, by which its autonomous areas are called: in Chinese, and as English and pinyin write them.
const nationalities = `
蒙古 Mongol Mongolian Menggu Mengguzu; 回 Hui Huizu; 藏 Tibetan Zang Zangzu; 维吾尔 Uyghur Uygur Uighur Weiwuer; 苗 Miao Miaozu Hmong;
彝 Yi Yizu; 壮 Zhuang Zhuangzu; 布依 Buyei Bouyei Buyi Buyizu Bouyeizu; 朝鲜 Korean Chaoxian Chaoxianzu; 满 Manchu Man Manzu; 侗 Dong Dongzu;
瑶 Yao Yaozu; 白 Bai Baizu; 土家 Tujia Tujiazu; 哈尼 Hani Hanizu; 哈萨克 Kazakh Kazak Hasake; 傣 Dai Daizu; 黎 Li Lizu; 傈僳 Lisu Lisuzu;
佤 Va Wa Wazu; 畲 She Shezu; 高山 Gaoshan; 拉祜 Lahu Lahuzu; 水 Sui Shui Shuizu; 东乡 Dongxiang Dongxiangzu; 纳西 Naxi Nakhi Naxizu;
景颇 Jingpo Jinghpaw Jingpozu; 柯尔克孜 Kyrgyz Kirgiz; 土 Tu Monguor Tuzu; 达斡尔 Daur; 仫佬 Mulao Mulam; 羌 Qiang Qiangzu; 布朗 Blang Bulang;
撒拉 Salar Sala Salazu; 毛南 Maonan; 仡佬 Gelao Gelaozu; 锡伯 Xibe Xibo; 阿昌 Achang; 普米 Pumi; 塔吉克 Tajik; 怒 Nu Nuzu; 乌孜别克 Uzbek;
俄罗斯 Russian; 鄂温克 Evenki Ewenki; 德昂 Deang Palaung; 保安 Bonan; 裕固 Yugur Yuguzu; 京 Gin Jing; 塔塔尔 Tatar; 独龙 Derung Drung Dulong;
鄂伦春 Oroqen; 赫哲 Hezhen; 门巴 Monba; 珞巴 Lhoba; 基诺 Jino; 各 Gezu`

type nationalityWords struct{ han, latin []string }

// nationalityList is the list, made once.
var nationalityList = sync.OnceValue(func() nationalityWords {
	var n nationalityWords
	for _, row := range strings.Split(nationalities, ";") {
		words := strings.Fields(row)
		n.han = append(n.han, words[0]+"族")
		for _, w := range words[1:] {
			n.latin = append(n.latin, Normalise(w))
		}
	}
	return n
})

// withoutNationalities takes the nationalities off the end of a key, as long as something stays.
func withoutNationalities(key string) string {
	n := nationalityList()
	for {
		shorter := key
		for _, han := range n.han {
			shorter = strings.TrimSuffix(shorter, han)
		}
		if i := strings.LastIndexByte(shorter, ' '); i >= 0 && (shorter[i+1:] == "and" || slices.Contains(n.latin, shorter[i+1:])) {
			shorter = shorter[:i]
		}
		if shorter == key || shorter == "" {
			return key
		}
		key = shorter
	}
}

// isAutonomous says whether some words are nationalities and the word for their area.
func isAutonomous(words string) bool {
	for _, g := range genericWords() {
		if core, ok := g.without("x " + words); ok && g.autonomous() && withoutNationalities(core) == "x" {
			return true
		}
	}
	return false
}
