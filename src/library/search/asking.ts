/**
 * Words that only do the asking. They are rare in official text, so their idf overrates them; they count a fifth.
 * Words of the language, not of the field: nothing here names a body, a deed or a thing.
 */
const ASKING = [
  '请问一下|请问|想问一下|想问问|想问|问一下|问下|问问|咨询一下|咨询|请教一下|请教|求助|求解|求教|打听|您好|你好|大家好|谢谢|多谢|麻烦|帮忙',
  '怎么办理|怎么办|怎么样|怎么着|怎么回事|怎么才能|怎么|怎样|咋办|咋整|咋样|咋|如何|为什么|为啥|为何|凭什么|干嘛|干啥',
  '什么时候|什么样|什么叫|什么是|是什么|什么|啥时候|是啥|啥|何时|何地|何处|何种|何为|何人|几时|多久|多长时间|多长|多少钱|多少|多大|几个|几种|几天|哪一年|哪一天|哪年|哪天',
  '哪一个|哪一些|哪个|哪些|哪里|哪儿|哪种|哪类|哪几|哪位|哪家|哪方面|哪|谁|是谁|叫什么',
  '是不是|是否|能不能|可不可以|可以不|要不要|用不用|需不需要|该不该|应不应该|会不会|有没有|有无|行不行|对不对|算不算|能否|可否|得不得|好不好|合不合',
  '可以吗|行吗|对吗|能吗|好吗|是吗|要吗|吗|呢|吧|啊|呀|嘛|么|哦|啦|呗',
  '我们|咱们|我的|我们的|咱|我|你们|你|您|他们|她们|他|她|它|这个|那个|这些|那些|这种|那种|这样|那样|这事|那么|这么|人家|别人|自己|有人|某人',
  '应该|应当怎|需要|必须要|想要|想|打算|准备|觉得|认为|知道|不知道|清楚|了解|告诉|听说|据说|看到|说是|介绍一下|介绍|说明一下|解释一下|谈谈|一下|一点|有点|到底|究竟|其实|反正|其中',
  '现在|目前|最近|刚才|刚刚|已经|一直|后来|然后|接着|结果|但是|可是|不过|而且|因为|所以|由于|如果|要是|假如|的话|还是|或者|以及|另外|还有|就是|只是|都是|的时候',
  '具体|主要|相关|有关|关于|对于|通过|进行|包括|属于|情况下|情况|方面|问题|内容|东西|事情|意思|含义|的|了|着|过|地|得|也|都|就|还|很|太|挺|又|再|才|把|被|给|让|跟|和|与|在|是|有',
  'please|what|which|who|whom|whose|when|where|why|how|does|do|did|is|are|was|were|can|could|may|might|should|would|will|shall|must|need|needs|the|a|an|of|to|for|in|on|at|by|with|from|and|or|if|it|its|this|that|these|those|there|be|been|we|i|you|they|our|my|your|their|about|have|has|had|any|some|tell|me',
].join('|');

const PARTS = ASKING.split('|').toSorted((a, b) => b.length - a.length);
const PATTERN = new RegExp(PARTS.map((w) => (/[a-z]/.test(w) ? `(?<![a-z0-9])${w}(?![a-z0-9])` : w)).join('|'), 'g');
const DAMPED = 0.2;

/** For each character of a clean question, how much it counts. All of them count when there is nothing but asking. */
export function weightsOf(question: string): Float32Array {
  const weights = new Float32Array(question.length).fill(1);
  for (const found of question.matchAll(PATTERN)) weights.fill(DAMPED, found.index, found.index + found[0].length);
  return weights;
}
