/**
 * Words that only do the asking. They are rare in official text, so their idf overrates them; they count a fifth.
 * Words of the language, not of the field: nothing here names a body, a deed or a thing.
 */
const ASKING = [
  '请问一下|请问|想问一下|想问问|想问|问一下|问下|问问|咨询一下|请教一下|请教|求助|求解|求教|打听|您好|你好|大家好|谢谢|多谢|麻烦|帮忙',
  '怎么办理|怎么办|怎么样|怎么着|怎么回事|怎么才能|怎么|怎样|咋办|咋整|咋样|如何|为什么|为啥|为何|凭什么|干嘛|干啥',
  '什么时候|什么样|什么叫|什么是|是什么|什么|啥时候|是啥|何时|何地|何处|何种|何为|何人|几时|多久|多长时间|多长|多少钱|多少|多大|几个|几种|几天|哪一年|哪一天|哪年|哪天',
  '哪一个|哪一些|哪个|哪些|哪里|哪儿|哪种|哪类|哪几|哪位|哪家|哪方面|是谁|叫什么',
  '是不是|是否|能不能|可不可以|可以不|要不要|用不用|需不需要|该不该|应不应该|会不会|有没有|有无|行不行|对不对|算不算|能否|可否|得不得|好不好|合不合',
  '可以吗|行吗|对吗|能吗|好吗|是吗|要吗',
  '我们|咱们|我的|我们的|你们|他们|她们|这个|那个|这些|那些|这种|那种|这样|那样|这事|那么|这么|人家|别人|自己|有人|某人',
  '应该|应当怎|需要|必须要|想要|打算|准备|觉得|认为|知道|不知道|清楚|了解|告诉|听说|据说|看到|说是|介绍一下|介绍|说明一下|解释一下|谈谈|一下|一点|有点|到底|究竟|其实|反正|其中',
  '现在|目前|最近|刚才|刚刚|已经|一直|后来|然后|接着|结果|但是|可是|不过|而且|因为|所以|由于|如果|要是|假如|的话|还是|或者|以及|另外|还有|就是|只是|都是|的时候',
  '具体|主要|相关|有关|关于|对于|通过|进行|包括|属于|情况下|情况|方面|问题|内容|东西|事情|意思',
  'please|what|which|who|whom|whose|when|where|why|how|does|do|did|is|are|was|were|can|could|may|might|should|would|will|shall|must|need|needs|the|a|an|of|to|for|in|on|at|by|with|from|and|or|if|it|its|this|that|these|those|there|be|been|we|i|you|they|our|my|your|their|about|have|has|had|any|some|tell|me',
].join('|');
/** Characters that do the same, wherever they stand but in the words below. */
const SINGLE = '我你您他她它咱想谁哪咋啥吗呢吧啊呀嘛么啦呗的了着过地得也都就还很太挺又再才把被给让跟和与在是有';
/** Words with such a character that do tell what is asked for. */
const MEANT = [
  '地震|地方|地址|地点|地区|地产|地铁|地上|地下|地面|土地|工地|当地|实地|场地|基地|耕地|田地|用地|征地|宅地|异地|属地|目的地|房地|外地|本地|阵地|绿地|草地|林地|墓地',
  '在编|在职|在校|在岗|在线|在押|在逃|存在|过失|过期|过错|过户|过渡|过敏|过劳|过半|过桥|超过|经过|难过|取得|获得|所得|得分|得奖|再审|再婚|再犯|和解|和谐|和平|总和|调和',
  '有期|有限|有效|有偿|有毒|有害|有权|公有|共有|国有|所有|持有|占有|享有|私有|没有|是非|着火|着装|参与|与会|赠与|给与|转让|出让|受让|让与|让利',
  '被告|被害|被执行|被保险|被继承|被申请|被抚养|被监护|被选举|还款|还钱|还债|返还|归还|偿还|生还|退还|就业|就医|就诊|就近|就职|就读|就餐|成就|都市|首都|太阳|太平',
  '把关|把握|把柄|给付|给予|供给|补给|跟踪|跟岗|思想|理想|感想|目的|标的|了解|了结|人才|才艺|他人|其他|我国|自我',
].join('|');

const KEPT = new Set(MEANT.split('|'));
const PARTS = [...ASKING.split('|'), ...KEPT, ...SINGLE].toSorted((a, b) => b.length - a.length);
const PATTERN = new RegExp(PARTS.map((w) => (/[a-z]/.test(w) ? `(?<![a-z0-9])${w}(?![a-z0-9])` : w)).join('|'), 'g');
const DAMPED = 0.2;

/** For each character of a clean question, how much it counts. All of them count when there is nothing but asking. */
export function weightsOf(question: string): Float32Array {
  const weights = new Float32Array(question.length).fill(1);
  for (const { 0: word, index } of question.matchAll(PATTERN))
    if (!KEPT.has(word)) weights.fill(DAMPED, index, index + word.length);
  return weights;
}
